"""A profile is a small readable text that is read strictly: a stranger may have written it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipuwhatif.analysis.world import load_world
from ipuwhatif.calibration.store import calibration_hash
from ipuwhatif.importers.profiles import brought_profile
from ipuwhatif.records import replace
from ipuwhatif.scenario.files.document import Document
from ipuwhatif.scenario.files.file_format import document_bytes, read_content
from ipuwhatif.scenario.measurements import THROUGHPUT, TIME, Measurement
from ipuwhatif.scenario.profiles import LIMIT_BYTES, MOST_RUNS, ProfileRun, read_profile
from ipuwhatif.scenario.scenario import FIRST_START
from ipuwhatif.units import InputError

WORLD = load_world()
CATALOG = WORLD.catalog
RUN = ProfileRun("resnet50", "closed", "ipu-pod:16", "2021-12", Measurement(TIME, 1980.0))
OTHER = ProfileRun(
    "gpt2-xl",
    "open",
    "dgx-a100:8",
    "2022-06",
    Measurement(THROUGHPUT, 40.0),
    "pytorch-21.03",
    512,
    "a.csv, row 2",
    "f" * 64,
)


def text_of(*runs: ProfileRun) -> str:
    return brought_profile("ours", runs, calibration_hash(WORLD.calibration), CATALOG).text


def fault_of(text: str) -> str:
    with pytest.raises(InputError) as error:
        read_profile(text, "ours", CATALOG)
    return str(error.value)


def test_that_what_is_written_reads_back_with_where_each_run_came_from() -> None:
    runs = (RUN, OTHER) if OTHER.recipe in CATALOG.workloads["gpt2-xl"].recipes else (RUN,)
    profile = read_profile(text_of(*runs), "ours", CATALOG)
    assert (profile.name, profile.runs) == ("ours", runs)
    assert profile.calibration == calibration_hash(WORLD.calibration)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("1980.0", "-1.0", "a job takes from 1 ms to 100 years"),
        ("resnet50", "resnet5", "resnet50"),
        ("ipu-pod:16", "ipu-pad:16", "ipu-pod"),
        ('"2021-12"', '"2021-13"', "2021-12"),
        ('"closed"', '"shut"', "closed"),
        ("gaussian-process", "oracle", "gaussian-process"),
        ("time_s", "time", "write either time_s or samples_per_s"),
        ("[runs]", "[run]", "key 'runs' is missing"),
        ("made", "maid", "key 'made' is missing"),
        ('release = "2021-12"', 'release = "2021-12", colour = "red"', "key 'colour' is unknown"),
        ("[runs]", "[runs", "no profile"),
    ],
)
def test_that_a_damaged_one_is_refused_with_the_place(old: str, new: str, told: str) -> None:
    text = text_of(RUN)
    assert old in text
    fault = fault_of(text.replace(old, new))
    assert told in fault and fault.startswith("ours")


def test_that_a_time_of_work_that_is_stated_and_a_ratio_are_no_ground() -> None:
    stated = RUN.__class__("gpt2-xl", CATALOG.workloads["gpt2-xl"].recipes[0], "ipu-pod:16", "2021-12", RUN.measurement)
    with pytest.raises(InputError, match="only a throughput can be learnt from"):
        text_of(stated)


def test_that_it_is_neither_empty_nor_huge() -> None:
    assert "from 1 to 200 runs" in fault_of(text_of(RUN).partition("\n1 = ")[0] + "\n")
    with pytest.raises(InputError, match="from 1 to 200 runs"):
        text_of(*[RUN] * (MOST_RUNS + 1))
    assert "larger than" in fault_of("#" * (LIMIT_BYTES + 1))


@given(st.text(max_size=200))
def test_that_any_text_is_read_or_refused(text: str) -> None:
    fault_of(text)


def test_that_a_document_with_a_profile_reads_back_and_a_damaged_one_is_refused() -> None:
    document = Document((replace(FIRST_START, profile="ours"),), profiles=(("ours", text_of(RUN)),))
    data = document_bytes(document)
    assert read_content(data, "a.ipuwhatif", CATALOG, WORLD.levers).document == document
    for old, new in ((b"1980.0", b"-1.0"), (b'"ours": ', b'"theirs": '), (b'"profile": "ours"', b'"profile": "Ours"')):
        assert old in data
        with pytest.raises(InputError, match="a"):
            read_content(data.replace(old, new), "a.ipuwhatif", CATALOG, WORLD.levers)


def test_that_a_measurement_keeps_the_release_that_it_is_of() -> None:
    measured = FIRST_START.with_measurement("ipu-pod:16", Measurement(TIME, 1980.0, release="2022-06"))
    data = document_bytes(Document((measured,)))
    assert read_content(data, "a", CATALOG, WORLD.levers).document.scenario == measured
    with pytest.raises(InputError, match="2022-06"):
        read_content(data.replace(b'"2022-06"', b'"2022-07"'), "a", CATALOG, WORLD.levers)

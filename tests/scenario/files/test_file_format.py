import json
import os
import pickle
import subprocess
import sys
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipuwhatif.catalog import names
from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.records import field_names, replace
from ipuwhatif.scenario import edits
from ipuwhatif.scenario.fields import levers as lever_fields
from ipuwhatif.scenario.fields import scenario as scenario_fields
from ipuwhatif.scenario.files.document import Document
from ipuwhatif.scenario.files.file_format import (
    FORMAT,
    LIMIT_BYTES,
    MOST_DEPTH,
    VERSION,
    Opened,
    document_bytes,
    document_values,
    load_document,
    read_content,
    scenario_values,
)
from ipuwhatif.scenario.files.kept_answers import LONGEST_S, KeptAnswers, Times
from ipuwhatif.scenario.headlines import PAGES, SCALED, SCALES
from ipuwhatif.scenario.levers import load_levers
from ipuwhatif.scenario.prices.prices import Price
from ipuwhatif.scenario.scenario import FIRST_START, MOST_SYSTEMS, Scenario
from ipuwhatif.units import InputError
from tests.growth import LINEAR, growth
from tests.refusals import refused
from tests.scenario.contents import alone, scenario_bytes
from tests.scenario.test_edits import random_edit, stated

ROOT = Path(__file__).resolve().parents[3]
CATALOG, LEVERS = load_catalog(), load_levers()
MOVED = FIRST_START.with_lever("ipu.compute_gain", 1.3).with_lever("ipu-pod:16.global_batch", 3264.0)
NEWER = VERSION + 1
PRICE = {
    "amount": 32450,
    "currency": "USD",
    "per": "buy",
    "date": "2020-12",
    "origin": "EE Times",
    "kind": "read",
    "confirmed": True,
}


def read(data: bytes) -> Opened:
    return read_content(data, "plan.ipuwhatif", CATALOG, LEVERS)


def content(scenario: Scenario = MOVED, **changed: object) -> bytes:
    """A file of one scenario with some keys changed, those of the file or of the scenario; `...` leaves a key out."""
    file = document_values(alone(scenario))
    inner = {"title": None, **scenario_values(scenario), "kept": None}
    inner |= {key: changed[key] for key in changed if key not in file}
    values = {**file, "scenarios": [kept(inner)], **{key: changed[key] for key in changed if key in file}}
    return json.dumps(kept(values)).encode()


def kept(values: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in values.items() if value is not ...}


def fault_of(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        read(data)
    text = str(caught.value)
    assert text.startswith("plan.ipuwhatif, ")
    assert len(text.splitlines()) == 1
    return text


def as_people_set_it(scenario: Scenario) -> Scenario:
    """Whole levers hold whole numbers: neither a slider nor a typed text makes others."""
    levers = {
        name: float(round(value)) if LEVERS[name.rpartition(".")[2]].whole else value
        for name, value in scenario.levers.items()
    }
    return replace(scenario, levers=MappingProxyType(levers))


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """A scenario as a row of edits leaves it."""
    scenario = FIRST_START
    for _ in range(draw(st.integers(0, 10))):
        scenario = as_people_set_it(draw(random_edit(scenario)).scenario)
    workload = CATALOG.workloads[scenario.workload]
    scenario = edits.set_recipe(scenario, draw(st.sampled_from(workload.recipes))).scenario
    if workload.kind == "target":
        scenario = edits.set_policy(scenario, draw(st.sampled_from(["best", "as-submitted"]))).scenario
    if scenario.systems:
        scenario = edits.set_reference(scenario, draw(st.sampled_from(scenario.systems)), CATALOG).scenario
        scenario = edits.set_subject(scenario, draw(st.sampled_from(scenario.systems)), CATALOG).scenario
    if draw(st.booleans()):
        headline = draw(st.sampled_from(["Ours is quickest", "=HYPERLINK(1)", "快"]))
        scenario = edits.set_headline(scenario, draw(st.sampled_from(PAGES)), headline).scenario
    if draw(st.booleans()):
        scenario = scenario.with_scale(draw(st.sampled_from(SCALED)), draw(st.sampled_from(SCALES)))
    return scenario


SECONDS = st.floats(min_value=0.0, max_value=LONGEST_S, exclude_min=True)
HASHES = st.text("0123456789abcdef", min_size=64, max_size=64)


@st.composite
def kept_answers(draw: st.DrawFn, scenario: Scenario) -> KeptAnswers | None:
    """Answers to a scenario as it is, or as it was before it was edited; to some of its systems."""
    if draw(st.booleans()):
        return None
    answered = draw(st.sampled_from([scenario, FIRST_START, MOVED]))
    times = {}
    for choice in answered.systems:
        if draw(st.booleans()):
            low, high = sorted([draw(SECONDS), draw(SECONDS)])
            times[choice.key] = Times(draw(SECONDS), low, high, draw(st.none() | SECONDS))
    return KeptAnswers(draw(HASHES), draw(HASHES), answered, times)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Several scenarios with and without titles, one of them looked at, some with the answers that they had."""
    some = draw(st.lists(scenarios(), min_size=1, max_size=3))
    titles = tuple(draw(st.sampled_from(["", "faster links", "=HYPERLINK(1)", "快"])) for _ in some)
    document = Document(tuple(some), titles, draw(st.integers(0, len(some) - 1)))
    return document.with_kept([draw(kept_answers(scenario)) for scenario in some])


@settings(max_examples=100)
@given(documents())
def test_that_saving_and_loading_is_the_identity(document: Document) -> None:
    data = document_bytes(document)
    assert read(data) == Opened(document, VERSION)
    assert document_bytes(read(data).document) == data


def test_that_a_file_holds_every_field_of_the_document_and_nothing_else() -> None:
    names = [*field_names(Scenario)]
    stated = replace(FIRST_START, start="2026-12-01", profile="ours", scales={"compare": "log"})
    assert list(scenario_values(stated)) == sorted(names)
    for name in ("start", "profile", "scales"):  # there where they are stated, so that no older file lacks them
        names.remove(name)
    assert list(scenario_values(FIRST_START)) == sorted(names)
    values = document_values(alone(FIRST_START))
    assert list(values) == [
        "format",
        "version",
        *(name for name in field_names(Document) if name == "active"),
        "scenarios",
    ]
    assert list(values["scenarios"][0]) == ["title", *sorted(names), "kept"]


def test_that_the_same_document_gives_the_same_bytes_however_it_was_made() -> None:
    there = FIRST_START.with_lever("ipu.clock", 1.1).with_lever("gpu.clock", 0.9)
    back = FIRST_START.with_lever("gpu.clock", 0.9).with_lever("ipu.clock", 1.1)
    assert scenario_bytes(there) == scenario_bytes(back)


def test_that_a_file_can_be_read_by_people() -> None:
    lines = scenario_bytes(MOVED).decode().splitlines()
    assert lines[1:3] == [f'  "format": "{FORMAT}",', f'  "version": {VERSION},']
    assert '        "ipu.compute_gain": 1.3' in lines
    assert '        "ipu-pod:16",' in lines


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"recipe": ...}, "key 'recipe' is missing"),
        ({"show_official": ...}, "key 'show_official' is missing"),
        ({"colour": "red"}, "key 'colour' is unknown; nearest: "),
        ({"levers": []}, "key 'levers' is not an object"),
        ({"show_official": 1}, "key 'show_official' is not true or false"),
        ({"systems": "ipu-pod:16"}, "key 'systems' is not a list of texts"),
        ({"workload": "resnet-50"}, "workload 'resnet-50' is unknown; nearest: resnet50"),
        ({"recipe": "close"}, "recipe 'close' is unknown; nearest: closed"),
        ({"release": "2021-13"}, "release '2021-13' is unknown; nearest: 2021-12"),
        ({"policy": "bests"}, "policy 'bests' is unknown; nearest: best"),
        ({"systems": ["ipu-pd:16"], "reference": "ipu-pd:16"}, "unknown system 'ipu-pd:16'; nearest: ipu-pod:16"),
        ({"systems": ["ipu-pod:9999"], "reference": "ipu-pod:9999"}, "the nearest is ipu-pod:1024"),
        ({"systems": ["ipu-pod16"]}, "system 'ipu-pod16' is written ipu-pod:16"),
        ({"systems": ["dgx-a100:8", "dgx-a100:8"]}, "duplicate system 'dgx-a100:8'"),
        (
            {"systems": [f"ipu-pod:{count}" for count in range(1, MOST_SYSTEMS + 2)]},
            f"{MOST_SYSTEMS + 1} systems are too many; the most is {MOST_SYSTEMS}",
        ),
        ({"reference": "dgx-a100:16"}, "reference 'dgx-a100:16' is not among the systems; nearest: dgx-a100:"),
        ({"reference": None}, "reference '' is not among the systems"),
        ({"systems": []}, "reference 'dgx-a100:8' is not among the systems; nearest: null"),
        ({"levers": {"ipu.compute_gian": 1.3}}, "lever 'ipu.compute_gian' is unknown; nearest: ipu.compute_gain"),
        ({"levers": {"ipus.clock": 1.3}}, "lever 'ipus.clock' is unknown; nearest: ipu.clock"),
        ({"levers": {"clock": 1.3}}, "lever 'clock' is unknown; nearest: "),
        ({"levers": {"ipu-pod16.clock": 1.3}}, "lever 'ipu-pod16.clock' is unknown; nearest: "),
        ({"levers": {"ipu-pod:0.clock": 1.3}}, "the nearest is ipu-pod:1"),
        ({"levers": {"ipu.clock": 9}}, "not in its range, 0.70 to 1.50 ×; nearest: 1.50 ×"),
        ({"levers": {"ipu-pod:16.global_batch": 3264.5}}, "nearest: 3,264 samples"),
        ({"levers": {"ipu.clock": "1.1"}}, "key 'ipu.clock' is not a finite number"),
        ({"samples": 5e6}, "key 'samples' must be null or empty for this workload"),
        ({"layers": [5, 7]}, "key 'layers' must be null or empty for this workload"),
        (
            {"workload": "bert-large", "software": "pytorch-21.03"},
            "key 'software' must be null or empty for this workload",
        ),
        ({"baseline_time_s": 60}, "key 'baseline_time_s' must be null or empty for this workload"),
        ({"statement": "weather-china-cpu"}, "key 'statement' must be null or empty for this workload"),
        ({"title": "a" * 61}, "write up to 60 letters on one line"),
        ({"title": "two\nlines"}, "write up to 60 letters on one line"),
        ({"scenarios": []}, "0 scenarios; a document holds 1 to 12"),
        ({"scenarios": [{}] * 13}, "13 scenarios; a document holds 1 to 12"),
        ({"scenarios": {}}, "key 'scenarios' is not a list of objects"),
        ({"active": "B"}, "active 'B' is unknown; nearest: A"),
        ({"active": 0}, "key 'active'"),
        ({"target_s": 0}, "a job takes from 1 ms to 100 years"),
        ({"basis": "per mile"}, "basis 'per mile' is unknown; nearest: "),
        ({"levers": {"all.compute_gain": 1.1}}, "lever 'all.compute_gain' is unknown; nearest: all."),
        ({"levers": {"all.utilisation": 50}}, "lever 'all.utilisation' is unknown; nearest: all.initialisation_time"),
        ({"prices": {"ipu-pod:64": {**PRICE, "amount": 0}}}, "a price is from 1 to 1,000,000,000,000 USD"),
        ({"prices": {"ipu-pod:64": {**PRICE, "currency": "$"}}}, "is no currency"),
        ({"prices": {"ipu-pod:64": {**PRICE, "date": "soon"}}}, "is no date"),
        ({"prices": {"ipu-pod:64": {**PRICE, "origin": ""}}}, "key 'origin'"),
        ({"prices": {"ipu-pod:64": {**PRICE, "kind": "heard"}}}, "kind 'heard' is unknown; nearest: read"),
        ({"prices": {"ipu-pod:64": {**PRICE, "tax": 1}}}, "key 'tax' is unknown"),
        ({"prices": {"ipu-pod64": PRICE}}, "system 'ipu-pod64' is written ipu-pod:64"),
        ({"measurements": {"ipu-pod:64": {"quantity": "time", "value": -1}}}, "a job takes from 1 ms to 100 years"),
        ({"measurements": {"ipu-pod:64": {"quantity": "speed", "value": 1}}}, "quantity 'speed' is unknown"),
        ({"version": "1"}, "key 'version' is no version"),
        ({"version": True}, "key 'version' is no version"),
        ({"version": -1}, "key 'version' is no version"),
        ({"version": 0}, "version 0 was never written; the oldest is 1"),
        ({"format": "ipuwhatif chart"}, "its format is not 'ipuwhatif scenario'; choose a file that"),
    ],
)
def test_that_what_does_not_hold_is_refused_with_what_would(changed: dict[str, object], told: str) -> None:
    assert told in fault_of(content(**changed))


@pytest.mark.parametrize(
    ("workload", "changed", "told"),
    [
        ("efficientnet-b4", {"samples": 0}, "key 'samples' is not from 1"),
        ("efficientnet-b4", {"samples": 1e16}, "key 'samples' is not from 1 to 1,000,000,000,000,000"),
        ("efficientnet-b4", {"policy": "as-submitted"}, "no entries with a layout; nearest policy: best"),
        ("efficientnet-b4", {"software": "pytorch-21.04"}, "software 'pytorch-21.04' is unknown; nearest: pytorch-21"),
        ("weather-emulator", {"layers": [5]}, "too few or too many layer sizes, 1"),
        ("weather-emulator", {"layers": [5, 10**300]}, "is no layer size"),
        ("weather-emulator", {"layers": [5, 0]}, "key 'layers' is not a list of whole numbers above 0"),
        ("weather", {"baseline_time_s": 1e300}, "a job takes from 1 ms to 100 years"),
        ("weather", {"baseline_time_s": -1}, "a job takes from 1 ms to 100 years"),
        ("weather", {"statement": "weather-china"}, "statement 'weather-china' is unknown; nearest: weather-china-"),
    ],
)
def test_that_what_a_job_states_is_checked(workload: str, changed: dict[str, object], told: str) -> None:
    assert told in fault_of(content(stated(workload), **changed))


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("1e999", "not a finite number"),
        ("-1e999", "not a finite number"),
        ("NaN", "not a finite number"),
        ("Infinity", "not a finite number"),
        ("1" + "0" * 400, "not a finite number"),
        ("1" * 5000, "broken JSON"),
    ],
)
@pytest.mark.parametrize("where", ["1.3", "3264.0"])
def test_that_a_number_that_is_not_finite_is_refused(where: str, number: str, told: str) -> None:
    assert told in fault_of(scenario_bytes(MOVED).replace(where.encode(), number.encode(), 1))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00" * 1000,
        b"\xff\xfe{",
        pickle.dumps(scenario_values(FIRST_START), protocol=0),
        pickle.dumps(scenario_values(FIRST_START)),
        b"\x89PNG\r\n\x1a\n",
        b"[]",
        b"null",
        b"{}",
        b"[" * 900_000,
        b'{"a":' * 100_000,
        scenario_bytes(MOVED)[:-5],
        scenario_bytes(MOVED) + b"{}",
        scenario_bytes(MOVED).replace(b'"version": 4,', b'"version": 4, "version": 4,'),
        scenario_bytes(MOVED).decode().encode("utf-16"),
    ],
    ids=range(15),
)
def test_that_what_is_no_scenario_is_refused_in_one_line(data: bytes) -> None:
    fault_of(data)


def test_that_a_file_is_read_as_an_editor_saves_it_with_a_byte_order_mark() -> None:
    with_mark = scenario_bytes(MOVED).decode().encode("utf-8-sig")
    assert with_mark != scenario_bytes(MOVED)
    assert read(with_mark) == read(scenario_bytes(MOVED))


def test_that_deep_nesting_is_refused_and_the_deepest_that_is_read_is_not() -> None:
    inner: object = 1
    for _ in range(MOST_DEPTH - 3):  # the file, its scenarios and one of them lie around it
        inner = [inner]
    assert "key 'more' is unknown" in fault_of(content(more=inner))
    assert f"nested more than {MOST_DEPTH} deep" in fault_of(content(more=[inner]))


def test_that_a_large_file_is_refused_and_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "large.ipuwhatif"
    with path.open("wb") as stream:
        stream.truncate(100_000_000)
    with pytest.raises(InputError, match=rf"large\.ipuwhatif is larger than {LIMIT_BYTES:,} bytes"):
        load_document(path, CATALOG, LEVERS)
    with refused(f"{tmp_path} is no file; choose a file"):
        load_document(tmp_path, CATALOG, LEVERS)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.ipuwhatif")
        with refused(f"{tmp_path}/pipe.ipuwhatif is no file; choose a file"):
            load_document(tmp_path / "pipe.ipuwhatif", CATALOG, LEVERS)


def test_that_a_file_from_disk_is_read(tmp_path: Path) -> None:
    (tmp_path / "plan.ipuwhatif").write_bytes(scenario_bytes(MOVED))
    assert load_document(tmp_path / "plan.ipuwhatif", CATALOG, LEVERS).document == alone(MOVED)


@settings(max_examples=300)
@given(st.binary(max_size=400))
def test_that_random_bytes_raise_only_our_own_error(data: bytes) -> None:
    fault_of(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=400)
@given(st.sampled_from([*scenario_values(FIRST_START)]), JSON, st.sampled_from([VERSION, NEWER]))
def test_that_random_values_raise_only_our_own_error(name: str, value: object, version: int) -> None:
    try:
        opened = read(content(**{"version": version, name: value}))
    except InputError:
        return
    assert read(document_bytes(opened.document)).document == opened.document


def test_that_what_can_be_read_of_a_newer_version_is_read_and_the_rest_is_named() -> None:
    data = content(
        version=NEWER,
        systems=["ipu-pod:16", "abacus:3", "dgx-a100:8"],
        levers={"ipu.compute_gain": 1.3, "ipu.voltage": 3},
        samples="many",
        prices={"ipu": 3.5, "ipu-pod:16": PRICE},
        colour="red",
    )
    opened = read(data)
    expected = Scenario("resnet50", "closed", "2021-12", MOVED.systems[:1] + MOVED.systems[3:4], "dgx-a100:8")
    assert opened.newer
    assert opened.document.scenario == expected.with_lever("ipu.compute_gain", 1.3).with_price(
        "ipu-pod:16", Price(**PRICE)
    )
    assert set(opened.left_out) == {"abacus:3", "ipu.voltage", "samples", "prices.ipu", "colour"}
    assert not read(content()).newer


UNKNOWN = {
    "levers": {f"ipu.lever {number}": 1.0 for number in range(500)}
    | {f"ipu-pod:{4 * number}.nothing": 1.0 for number in range(1, 100)}
    | {f"nothing:{number}.compute_gain": 1.0 for number in range(100)},
    "prices": {f"nothing-{number}": PRICE for number in range(500)},
    "measurements": {f"nothing:{number}": {"quantity": "time", "value": 60.0} for number in range(500)},
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_that_no_nearest_name_is_sought_for_what_is_left_out(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each would take as long as all the rest of a file, and nobody is told."""
    sought: list[str] = []
    for module in (names, lever_fields, scenario_fields):
        monkeypatch.setattr(module, "nearest", lambda text, _: sought.append(text))
    opened = read(content(version=NEWER, **{name: UNKNOWN[name]}))
    assert len(opened.left_out) == len(UNKNOWN[name]) and sought == []
    with pytest.raises(InputError):
        read(content(**{name: UNKNOWN[name]}))
    assert len(sought) == 1, "where it is told, it is sought once"


def test_that_reading_takes_a_time_that_grows_with_the_file() -> None:
    def work(count: int) -> None:
        read(content(version=NEWER, **{f"key {number}": [{}] for number in range(count)}))

    assert growth(work, 3_000) < LINEAR


def test_that_a_newer_version_about_an_unknown_job_is_refused_with_what_to_do() -> None:
    assert "open it with that one" in fault_of(content(version=NEWER, workload="llama"))


def test_that_a_file_of_the_first_version_is_one_scenario() -> None:
    added = ("target_s", "basis", "prices", "measurements", "subject", "headlines")
    inner = {key: value for key, value in scenario_values(MOVED).items() if key not in added}
    opened = read(json.dumps({"format": FORMAT, "version": 1, **inner}).encode())
    assert (opened.document, opened.version, opened.newer) == (alone(MOVED), 1, False)


def test_that_a_file_of_the_first_version_is_read_as_strictly() -> None:
    inner = {
        key: value for key, value in scenario_values(MOVED).items() if key not in ("subject", "headlines", "recipe")
    }
    told = fault_of(json.dumps({"format": FORMAT, "version": 1, **inner}).encode())
    assert "key 'recipe' is missing" in told


def test_that_a_file_of_the_second_version_has_no_answers_and_is_read_as_strictly() -> None:
    added = {"subject": ..., "headlines": ...}
    opened = read(content(version=2, kept=..., **added))
    assert (opened.document, opened.version, opened.newer) == (alone(MOVED), 2, False)
    told = "plan.ipuwhatif, scenario: key 'kept' is unknown in version 2"
    assert fault_of(content(version=2, **added)) == told
    assert "scenarios' is not a list of objects" in fault_of(content(version=2, kept=..., scenarios=[3]))


def test_that_a_scale_of_another_page_or_of_no_kind_is_refused() -> None:
    assert read(content(scales={"scaling": "linear"})).document.scenario.scales == {"scaling": "linear"}
    assert "page 'cost' is unknown; nearest: " in fault_of(content(scales={"cost": "log"}))
    assert "'sideways'" in fault_of(content(scales={"compare": "sideways"}))


def test_that_a_file_of_the_third_version_has_no_headlines_and_is_read_as_strictly() -> None:
    opened = read(content(version=3, subject=..., headlines=...))
    assert (opened.document, opened.version, opened.newer) == (alone(MOVED), 3, False)
    told = "plan.ipuwhatif, scenario: key 'headlines' is unknown in version 3"
    assert fault_of(content(version=3, subject=...)) == told
    assert "scenarios' is not a list of objects" in fault_of(content(version=3, scenarios=[3]))


SAVER = """
import os, signal, sys, time
from pathlib import Path
from ipuwhatif.scenario.files.document import Document
from ipuwhatif.scenario.scenario import FIRST_START
from ipuwhatif.scenario.files.file_format import document_bytes
from ipuwhatif.scenario.files.storage import write_file
path, rounds = Path(sys.argv[1]), int(sys.argv[2])
contents = [document_bytes(Document((FIRST_START.with_lever("ipu.compute_gain", value),))) for value in (1.1, 1.234567)]
for number in range(rounds):
    child = os.fork()
    if child == 0:
        for save in range(200):
            write_file(path, contents[save % 2])
        os._exit(0)
    time.sleep(0.0007 * (1 + number * 7 % 31))  # every part of a save is met
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    if path.exists() and path.read_bytes() not in contents:
        sys.exit(f"round {number}: {path.read_bytes()[:200]!r}")
print(path.exists(), len([each for each in path.parent.iterdir() if each != path]))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked process")
def test_that_a_process_killed_while_it_saves_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "plan.ipuwhatif"
    command = [sys.executable, "-c", SAVER, str(path), "60"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    there, broken_off = done.stdout.split()
    assert there == "True"
    assert int(broken_off) > 0, "no save was broken off: the kills prove nothing"
    assert load_document(path, CATALOG, LEVERS).document.scenario.levers["ipu.compute_gain"] in (1.1, 1.234567)

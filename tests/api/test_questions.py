"""The questions from Python: the same answers as the command line, as a table, a chart, a file and a page."""

import json
from pathlib import Path

import pandas
import pytest

import ipuwhatif as iw
from ipuwhatif.cli import main
from ipuwhatif.export.embedded_document import carried_in
from ipuwhatif.units import InputError

SYSTEMS = ["ipu-pod64", "dgx-a100"]


@pytest.fixture(scope="module")
def answer() -> iw.Answer:
    return iw.compare("resnet50", SYSTEMS, release="2021-06", levers={"ipu.compute_gain": 1.3})


def told(capsys: pytest.CaptureFixture[str], *words: str) -> dict:
    assert main([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_that_a_comparison_is_that_of_the_command_line(answer: iw.Answer, capsys: pytest.CaptureFixture[str]) -> None:
    line = ["compare", "-w", "resnet50", "-s", "ipu-pod64,dgx-a100", "--release", "2021-06"]
    same = told(capsys, *line, "--set", "ipu.compute_gain=1.3")
    frame = answer.to_frame()
    assert list(frame["system"]) == [each["system"] for each in same["projections"]]
    for name, key in (("", "median"), ("_low", "low"), ("_high", "high")):
        values = [each["time_to_train_s"][key] for each in same["projections"]]
        assert list(frame[f"time_to_train{name}"]) == values
    assert answer.headline == same["headline"] == frame.attrs["headline"]


def test_that_each_column_of_numbers_says_its_unit_and_notes_and_sources_come_along(answer: iw.Answer) -> None:
    frame = answer.to_frame()
    assert frame.attrs["units"]["time_to_train_low"] == "s" and frame.attrs["units"]["throughput"] == "samples/s"
    numbers = set(frame.select_dtypes("number").columns) - {"chips", "global_batch"}
    assert numbers == set(frame.attrs["units"])
    assert any("not MLPerf" in note for note in frame.attrs["notes"]) and frame.attrs["sources"]


def test_that_scaling_has_a_row_a_point_between_its_ends(capsys: pytest.CaptureFixture[str]) -> None:
    frame = iw.scaling("bert-large", "ipu-pod,dgx-a100", 16, 128).to_frame()
    assert set(frame["system"]) == {"ipu-pod", "dgx-a100"} and frame["chips"].between(16, 128).all()
    same = told(capsys, "scaling", "-w", "bert-large", "-s", "ipu-pod,dgx-a100", "--from", "16", "--to", "128")
    assert list(frame["time_to_train"]) == [
        each for curve in same["curves"] for each in curve["time_to_train_s"]["median"]
    ]


def test_that_evidence_keeps_what_was_printed_beside_what_the_model_says() -> None:
    frame = iw.evidence("resnet50").to_frame()
    row = frame[frame["key"] == "v1.1/Graphcore/ipu-pod16-TF1/resnet/closed"].iloc[0]
    assert row["value"] == pytest.approx(28.33 * 60, abs=0.3) and row["unit"] == "s"
    assert row["model_low"] < row["model"] < row["model_high"]
    assert (frame["left_out"] != "").any() and frame[frame["left_out"] != ""]["model"].isna().all()


def test_that_a_file_holds_the_scenario_again(answer: iw.Answer, tmp_path: Path) -> None:
    for ending in ("pptx", "xlsx", "html"):
        (path, *_) = answer.save(tmp_path / f"answer.{ending}")
        assert b"ipu.compute_gain" in carried_in(path.read_bytes(), path.suffix)


def test_that_a_notebook_shows_the_page_in_a_frame_of_its_own(answer: iw.Answer) -> None:
    page = answer._repr_html_()
    assert page.startswith('<iframe srcdoc="&lt;!DOCTYPE html&gt;') and page.endswith("</iframe>")
    assert page.count("<") == 2 and "IPU-POD64" in page


def test_that_options_are_those_of_the_command_line_repeated_where_there_are_several() -> None:
    prices = ["ipu-pod64=1000 USD 2021 a quote", "dgx-a100=500 USD 2021 a quote"]
    answer = iw.compare("resnet50", SYSTEMS, basis="per-money", price=prices, subject=None, hide_official=False)
    assert answer.scenario.basis == "money" and len(answer.scenario.prices) == 2


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda: iw.compare("resnet5", SYSTEMS), "unknown workload 'resnet5'; the nearest is resnet50"),
        (lambda: iw.compare("resnet50", ["ipu-pod6"]), "unknown system 'ipu-pod6'; nearest: ipu-pod64"),
        (
            lambda: iw.compare("resnet50", SYSTEMS, relase="2021-06"),
            "nothing takes '--relase=2021-06'; the nearest is --release",
        ),
        (
            lambda: iw.compare("resnet50", SYSTEMS, output="x.png"),
            "--output is for the command line: an answer has .save() and .to_frame()",
        ),
        (
            lambda: iw.scaling("resnet50", "ipu-pod", 0),
            "argument --from: '0' is not a whole number from 1 on; the nearest is 1",
        ),
    ],
)
def test_that_bad_input_is_one_clear_sentence(ask, said: str) -> None:
    with pytest.raises(InputError) as error:
        ask()
    assert str(error.value) == said


def test_that_the_package_offers_its_questions_and_nothing_else_by_a_wrong_name() -> None:
    assert {"compare", "scaling", "evidence", "sweep"} <= set(dir(iw))
    with pytest.raises(AttributeError, match="no attribute 'compere'"):
        _ = iw.compere


def test_that_a_sweep_is_a_table_of_plans_from_a_mapping_or_a_file(tmp_path: Path) -> None:
    axes = {"workload": "resnet50", "system": ["ipu-pod", "dgx-a100"], "chips": [16, 64], "release": "2021-12"}
    told: list[tuple[int, int]] = []
    plans = iw.sweep({"axes": axes, "keep": ["time_to_train_s"]}, lambda done, of: told.append((done, of)))
    assert not told  # nothing is worked out before it is asked for
    frame = plans.to_frame()
    assert told[-1] == (4, 4) and plans.to_frame().equals(frame) and len(told) == 1
    same = iw.compare("resnet50", ["ipu-pod:16", "ipu-pod:64", "dgx-a100:16", "dgx-a100:64"]).to_frame()
    assert list(frame["time_to_train_s"]) == list(same["time_to_train"])
    assert plans._repr_html_().count("<tr") == 5
    path = tmp_path / "plan.toml"
    path.write_text(
        'keep = ["time_to_train_s"]\n[axes]\nworkload = "resnet50"\nsystem = ["ipu-pod", "dgx-a100"]\n'
        'chips = [16, 64]\nrelease = "2021-12"\n'
    )
    assert iw.sweep(path).to_frame().equals(frame)
    with pytest.raises(InputError, match="a sweep needs an axis system"):
        iw.sweep({"axes": {"workload": "resnet50"}})


def test_that_the_plans_of_a_sweep_are_saved_as_the_command_line_does(tmp_path: Path) -> None:
    plans = iw.sweep({"axes": {"workload": "resnet50", "system": "ipu-pod", "chips": [16, 64]}})
    for name, read in (("plans.parquet", pandas.read_parquet), ("plans.csv", pandas.read_csv)):
        assert plans.save(tmp_path / name) == (tmp_path / name,)
        assert read(tmp_path / name)["time_to_train_s"].tolist() == plans.to_frame()["time_to_train_s"].tolist()
    with pytest.raises(InputError, match=r"a sweep is written as \.parquet, \.csv"):
        plans.save(tmp_path / "plans.xlsx")
    with pytest.raises(InputError, match="give one of the two"):
        plans.save(tmp_path / "other.csv", workers=1, scheduler="tcp://127.0.0.1:1")

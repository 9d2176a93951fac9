"""`backtest` on the command line, with answers made by hand in place of the stored record and of minutes of fits."""

import json

import pytest

from ipuwhatif.calibration import backtest, speeds
from ipuwhatif.calibration import record as stored
from ipuwhatif.calibration.protocols import Protocol
from ipuwhatif.cli import main
from ipuwhatif.figures.track_record.speed_record import SPEED_TESTS
from ipuwhatif.figures.track_record.track_record import FIRST_SHOWN, PROTOCOLS
from tests.calibration import answers


@pytest.fixture
def record(monkeypatch) -> list[Protocol]:
    """The back-tests that the command shows; it is empty until it asks for them."""
    shown: list[Protocol] = []

    def load(catalog):
        rows, missing = answers.answered(catalog)[:12], answers.unanswered(catalog)
        shown.extend(
            Protocol(key, f"title of {key}", answers.wavy(key, key, rows).answers, missing) for key in PROTOCOLS
        )
        return tuple(shown)

    monkeypatch.setattr(stored, "load_record", load)
    return shown


def test_that_the_model_is_fitted_again_only_where_that_is_asked_for(record, monkeypatch, capsys) -> None:
    fitted = []

    def run(catalog, progress):
        fitted.append(progress)
        return (
            Protocol("largest", "fitted again", answers.wavy("largest", "", answers.answered(catalog)[:3]).answers, ()),
        )

    monkeypatch.setattr(backtest, "run_backtest", run)
    monkeypatch.setattr(speeds, "run_speed_tests", lambda catalog, progress: ())
    assert main(["backtest"]) == 0
    assert fitted == [] and "fitted again" not in capsys.readouterr().out
    record.clear()
    assert main(["backtest", "--again"]) == 0
    assert fitted == [None] and record == []
    assert "fitted again" in capsys.readouterr().out


def test_that_every_back_test_is_told_with_the_rows_that_have_no_answer(record, capsys) -> None:
    assert main(["backtest"]) == 0
    out = capsys.readouterr().out
    assert [line for line in out.splitlines() if line.startswith("title of ")] == [
        f"title of {key}" for key in PROTOCOLS
    ]
    assert out.count("    v0.7/NVIDIA/dgx1_ngc20.06_pytorch/bert/closed\n") == 1
    assert "they are not MLPerf® Training results" in " ".join(out.split())
    assert "MLPerf " not in out.replace("MLPerf® ", "").replace("MLPerf\n", "")


def test_that_json_has_every_row_and_the_footnotes_of_its_scores(record, capsys) -> None:
    assert main(["backtest", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert list(answer) == ["level", "protocols", "unanswered", "speeds", "rivals", "probabilities", "footnotes"]
    assert [each["protocol"] for each in answer["protocols"]] == list(PROTOCOLS)
    assert all(len(each["rows"]) == 12 for each in answer["protocols"])
    notes = " ".join(answer["footnotes"])
    assert all(f"{row['score_s'] / 60.0:,.2f} min" in notes for row in answer["protocols"][0]["rows"])


def test_that_a_back_test_is_written_as_a_picture_with_its_footnotes(record, capsys, tmp_path) -> None:
    file = tmp_path / "record.png"
    assert main(["backtest", "-o", str(file)]) == 0
    assert file.read_bytes().startswith(b"\x89PNG")
    notes = file.with_name("record.png.txt").read_text(encoding="utf-8")
    assert notes.startswith("Held out by size, 12 entries")
    assert capsys.readouterr().out.count("Written: ") == 2


def test_that_the_named_back_test_is_written_and_residuals_are_another_picture(record, capsys, tmp_path) -> None:
    pictures = []
    for name, more in (("a", []), ("b", ["--residuals"]), ("c", ["--probabilities"])):
        file = tmp_path / f"{name}.png"
        assert main(["backtest", "-o", str(file), "--protocol", "largest", *more]) == 0
        notes = file.with_name(f"{name}.png.txt").read_text(encoding="utf-8")
        assert notes.startswith("Largest sizes held out")
        pictures.append(file.read_bytes())
    assert len(set(pictures)) == 3


def test_that_a_table_has_a_line_for_every_entry(record, capsys, tmp_path) -> None:
    file = tmp_path / "record.csv"
    assert main(["backtest", "-o", str(file)]) == 0
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("Submitter,System") and len(lines) == 13


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            ["-o", "record.gif"],
            "cannot write 'record.gif': .gif is not known; the nearest of .pptx, .xlsx, .pdf, .html, .png, .svg, .csv "
            "is .svg",
        ),
        (
            ["-o", "record.png", "--protocol", "leave-one-sise-out"],
            "'leave-one-sise-out' is no back-test; the nearest is leave-one-size-out of "
            + ", ".join((*PROTOCOLS, *SPEED_TESTS)),
        ),
        (["--protocol", "largest"], "--protocol says what is written: name a file, -o track-record.png"),
        (["--probabilities"], "--probabilities says what is written: name a file, -o track-record.png"),
        (["--residuals"], "--residuals says what is written: name a file, -o track-record.png"),
    ],
)
def test_that_a_fault_is_told_before_anything_is_read(record, options, said, capsys, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["backtest", *options]) == 2
    assert capsys.readouterr() == ("", f"ipuwhatif: {said}\n")
    assert record == [] and list(tmp_path.iterdir()) == []


def test_that_the_help_names_the_back_test_that_is_written(capsys) -> None:
    with pytest.raises(SystemExit):
        main(["backtest", "--help"])
    assert f"default:{FIRST_SHOWN}" in "".join(capsys.readouterr().out.split())


def test_that_printed_speeds_are_told_beside_and_written_when_they_are_named(record, capsys, tmp_path) -> None:
    assert main(["backtest"]) == 0
    assert "speeds that documents print: leave one document out" in capsys.readouterr().out
    file = tmp_path / "speeds.csv"
    assert main(["backtest", "-o", str(file), "--protocol", "speeds-document"]) == 0
    text = file.read_text(encoding="utf-8-sig")
    assert "PyTorch, container 21.03" in text
    assert "none is an official result" in file.with_name("speeds.csv.txt").read_text(encoding="utf-8")

"""A scenario file in the place of a command opens the app on it."""

import json
from pathlib import Path

import pytest

from ipuwhatif.analysis.world import load_world
from ipuwhatif.cli import arguments, main
from ipuwhatif.export import embedded_document
from ipuwhatif.scenario.files.document import Document
from ipuwhatif.scenario.files.file_format import VERSION, document_bytes, document_values
from ipuwhatif.scenario.scenario import FIRST_START
from tests.analysis.saved import saved_before
from tests.scenario.contents import scenario_bytes


def test_that_a_file_opens_the_app_on_its_scenario(run, tmp_path: Path) -> None:
    (tmp_path / "plan.ipuwhatif").write_bytes(scenario_bytes(FIRST_START.with_lever("ipu.compute_gain", 2.0)))
    as_it_is, faster = run("--smoke"), run("--smoke", str(tmp_path / "plan.ipuwhatif"))
    assert faster.returncode == 0, faster.stderr
    assert float(faster.stdout.split()[3]) < 0.8 * float(as_it_is.stdout.split()[3])


def test_that_an_exported_file_opens_the_app_on_the_scenario_that_it_carries(run, tmp_path: Path) -> None:
    path = tmp_path / "slide.pptx"
    assert main(["compare", "--set", "ipu.compute_gain=2", "-o", str(path)]) == 0
    as_it_is, faster = run("--smoke"), run("--smoke", str(path))
    assert faster.returncode == 0, faster.stderr
    assert float(faster.stdout.split()[3]) < 0.8 * float(as_it_is.stdout.split()[3])


def test_that_opening_a_file_of_another_calibration_is_told_on_one_line(run, tmp_path: Path) -> None:
    path = tmp_path / "plan.ipuwhatif"
    path.write_bytes(document_bytes(saved_before(load_world(), Document(), 1.25)))
    for words, told in (
        ((), "ipuwhatif: plan.ipuwhatif: 5 of 5 times have moved since this was saved"),
        (("--language", "zh_CN"), "ipuwhatif: plan.ipuwhatif：自保存以来 5 个时间中有 5 个变动"),
    ):
        answer = run("--smoke", *words, str(path))
        assert answer.returncode == 0 and answer.stdout.startswith("IPU-POD16")
        assert answer.stderr.startswith(told) and answer.stderr.count("\n") == 1


def test_that_a_smoke_run_tells_what_only_a_newer_version_understands(run, tmp_path: Path) -> None:
    values = {**document_values(Document()), "version": VERSION + 1, "weather": 1}
    (tmp_path / "newer.ipuwhatif").write_text(json.dumps(values))
    answer = run("--smoke", str(tmp_path / "newer.ipuwhatif"))
    assert answer.returncode == 0 and answer.stdout.startswith("IPU-POD16")
    told = "newer.ipuwhatif was written by a newer version of IPU What-If. Left out: weather."
    assert answer.stderr == f"ipuwhatif: {told}\n"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            b"x",
            "{path.name}, line 1: broken JSON: Expecting value. This is no scenario; choose a file that IPU What-If "
            "has saved",
        ),
        (
            None,
            "{path} cannot be read: No such file or directory; was it moved or renamed? Open it from where it is now",
        ),
    ],
)
def test_that_a_faulty_file_ends_a_smoke_run_in_one_line(run, tmp_path: Path, content: bytes | None, told: str) -> None:
    if content is not None:
        (tmp_path / "plan.ipuwhatif").write_bytes(content)
    answer = run("--smoke", str(tmp_path / "plan.ipuwhatif"))
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr == f"ipuwhatif: {told.format(path=tmp_path / 'plan.ipuwhatif')}\n"


def test_that_a_file_stands_in_the_place_of_a_command_and_nowhere_else(capsys) -> None:
    assert arguments.parse(["plan.ipuwhatif"]).file == "plan.ipuwhatif"
    assert arguments.parse(["--smoke", "PLAN.IPUWHATIF"]).file == "PLAN.IPUWHATIF"
    for suffix in (".json", *embedded_document.SUFFIXES):
        assert arguments.parse([f"plan{suffix}"]).file == f"plan{suffix}"
        assert arguments.parse(["--smoke", f"Plan 2{suffix.upper()}"]).file == f"Plan 2{suffix.upper()}"
    assert arguments.parse([]).file is None
    assert arguments.parse(["compare", "-o", "plan.ipuwhatif"]).file is None
    for more in ("compare", "other.ipuwhatif"):
        assert main(["plan.ipuwhatif", more]) == 2
        line = f"ipuwhatif: 'plan.ipuwhatif' opens the app, nothing goes with it; leave out '{more}'\n"
        assert capsys.readouterr() == ("", line)

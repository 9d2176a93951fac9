"""Chips of one's own from a shell: brought in, used by every command, listed, shown, exported and removed."""

import json

import pytest

from ipuwhatif.analysis.world import renew_world
from ipuwhatif.cli import main
from ipuwhatif.files import resource
from ipuwhatif.importers.chips import brought_chip
from ipuwhatif.importers.store import FOLDER_VARIABLE, keep
from tests.cli.conftest import Run
from tests.own_chip import chip_text


@pytest.fixture
def own(run: Run, tmp_path):
    """Starts `ipuwhatif` with a store of its own."""

    def start(*arguments: str):
        return run(*arguments, IPUWHATIF_MINE=str(tmp_path / "mine"))

    return start


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "chip.toml"
    path.write_text(chip_text())
    return path


def test_a_chip_is_brought_in_and_every_command_knows_it(own, file):
    done = own("import", str(file))
    assert (done.returncode, done.stdout, done.stderr) == (0, "Imported: chip my-chip\n", "")
    assert "my-chip" in own("list", "systems").stdout
    told = json.loads(own("project", "-w", "resnet50", "-s", "my-chip:16", "--json").stdout)
    assert (told["system"], told["basis"]) == ("my-chip:16", "extrapolated")
    assert "own chip known by its data sheet alone" in told["beyond"]
    compared = own("compare", "-s", "my-chip:8,dgx-a100").stdout
    assert "My server [own] (8 GPUs)" in compared and "own chip known by its data sheet alone" in compared


def test_it_is_listed_shown_exported_and_removed(own, file, tmp_path):
    own("import", str(file))
    listed = own("mine", "list").stdout
    assert "my-chip" in listed and "chip.toml, imported" in listed and str(tmp_path / "mine") in listed
    assert own("mine", "show", "my-chip").stdout == chip_text()
    assert json.loads(own("mine", "list", "--json").stdout)["mine"][0]["name"] == "my-chip"
    out = tmp_path / "out.toml"
    assert own("mine", "export", "my-chip", "-o", str(out)).stdout == f"Written: {out}\n"
    assert out.read_text() == chip_text()
    assert own("mine", "remove", "my-chip").stdout == "Removed: chip my-chip\n"
    assert own("mine", "list").stdout == "Nothing is imported yet; bring in a file with: ipuwhatif import FILE\n"


def test_what_is_asked_about_is_not_brought_in_without_a_yes(own, file):
    file.write_text(chip_text(chip__name="A100", chip__peak_flops__value=624))
    done = own("import", str(file))
    assert done.returncode == 2
    assert done.stderr == (
        "ipuwhatif: peak_flops: 624 TFLOPS beside 312 TFLOPS of A100 80 GB: is it the sparse peak? The dense one "
        "counts. network_bandwidth: 50 GB/s beside 25 GB/s of DGX A100: does it count both directions? One counts. "
        "Nothing was imported: correct the file, or add --yes where it is right\n"
    )
    assert "Nothing is imported" in own("mine", "list").stdout
    assert own("import", str(file), "--yes").returncode == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("mine", "show"), "which one? Write its name, as ipuwhatif mine list shows it"),
        (("mine", "list", "a"), "the list is of everything; to see one: ipuwhatif mine show a"),
        (("mine", "export", "a"), "an export goes to a file: name one, -o a.toml"),
        (("mine", "show", "a", "-o", "b"), "-o is for mine export; leave it out"),
        (("mine", "remove", "a"), "nothing is imported yet; bring in a file with: ipuwhatif import FILE"),
        (("import", "none.toml"), "none.toml does not exist; was it moved or renamed?"),
    ],
)
def test_bad_input_ends_in_one_sentence(own, words, told):
    done = own(*words)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"ipuwhatif: {told}\n")


def test_a_scenario_file_takes_the_chip_along_to_where_it_is_not_known(own, run, file, tmp_path):
    own("import", str(file))
    page = tmp_path / "page.html"
    assert own("compare", "-s", "my-chip:8,dgx-a100", "-o", str(page)).returncode == 0
    elsewhere = str(tmp_path / "elsewhere")
    table = tmp_path / "table.csv"
    done = run("export", str(page), "-o", str(table), IPUWHATIF_MINE=elsewhere)
    assert (done.returncode, done.stderr) == (0, "")
    assert "My server [own] (8 GPUs)" in table.read_text()
    assert "Nothing is imported" in run("mine", "list", IPUWHATIF_MINE=elsewhere).stdout


def test_another_chip_of_the_same_name_is_told_and_the_own_one_is_used(own, run, file, tmp_path):
    own("import", str(file))
    page, table = tmp_path / "page.html", tmp_path / "table.csv"
    own("compare", "-s", "my-chip:8,dgx-a100", "-o", str(page))
    elsewhere = str(tmp_path / "elsewhere")
    file.write_text(chip_text(system__name="Another"))
    run("import", str(file), IPUWHATIF_MINE=elsewhere)
    done = run("export", str(page), "-o", str(table), IPUWHATIF_MINE=elsewhere)
    assert done.returncode == 0
    assert done.stderr.startswith(
        "ipuwhatif: page.html: my-chip in this document is another than yours of the same name: yours is used. "
    )
    assert "Another [own] (8 GPUs)" in table.read_text()


@pytest.mark.parametrize(
    "line",
    [
        "scaling -s my-chip,dgx-a100",
        "breakdown -s my-chip:8",
        "memory -w llama31-405b -s my-chip:512",
        "cost -s my-chip:8,dgx-a100",
        "compare -s my-chip:8,dgx-a100 --basis per-kw",
        "compare -s my-chip:8,dgx-a100 --basis per-rack-unit",
        "sensitivity -w resnet50 -s my-chip:8",
        "seek -w resnet50 -s my-chip --target 5min",
        "evidence --scope hardware -s my-chip:8",
        "roofline -s my-chip:8",
        "measured -w resnet50 -s my-chip:8 --value 30min",
        "attribute -w resnet50 -s my-chip:8,dgx-a100",
        "project -w gpt2-xl -s my-chip:64 --tokens 1G",
    ],
)
def test_every_question_is_answered_about_it_and_marks_it(capsys, monkeypatch, tmp_path, line):
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "mine"))
    keep([brought_chip(chip_text(), "chip.toml")])
    renew_world()
    try:
        assert main(line.split()) == 0
    finally:
        monkeypatch.undo()
        renew_world()
    told = capsys.readouterr()
    assert told.err == ""
    assert "My server [own]" in told.out or "My Chip 96 GB" in told.out


def test_its_power_is_that_of_its_chips_and_what_that_leaves_out_is_said(own, file):
    own("import", str(file))
    told = own("compare", "-s", "my-chip:8,dgx-a100", "--basis", "per-kw").stdout
    assert "My server [own] without hosts and switches" in told
    assert " 4.8 " in told


def test_that_the_sample_of_a_chip_is_imported_and_asked_about(own) -> None:
    assert own("import", str(resource("samples", "my-chip.toml"))).stdout == "Imported: chip my-chip\n"
    told = own("compare", "-s", "my-chip:8,dgx-a100")
    assert told.returncode == 0 and told.stdout.startswith("My server [own] (8 GPUs) takes about "), told.stderr

"""A scenario file as slides, a workbook, a document, a page, a picture or a table: `ipuwhatif export`."""

import json
import re
from pathlib import Path

import pytest

from ipuwhatif.analysis.kept_answers import with_answers
from ipuwhatif.analysis.world import load_world
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.cli import BAD_INPUT, main
from ipuwhatif.export.embedded_document import SUFFIXES, carried_in, svg_with
from ipuwhatif.export.formats import FORMATS
from ipuwhatif.gui.present.presentation_steps import is_asked_for
from ipuwhatif.records import replace
from ipuwhatif.scenario.files.document import Document
from ipuwhatif.scenario.files.file_format import VERSION, document_bytes, document_values
from ipuwhatif.scenario.scenario import FIRST_START, SUFFIX
from ipuwhatif.scenario.stories import load_stories
from tests.analysis.saved import OTHER_EVIDENCE, OTHER_MODEL, saved_before
from tests.cli.test_what_if import ask, refused
from tests.export.office.templates import as_potx, template
from tests.export.office_files import formulas, names
from tests.export.programs import pdf_text

MOVED = FIRST_START.with_lever("ipu.compute_gain", 1.3)
DOCUMENT = Document((FIRST_START, MOVED), ("", "faster"), 1)  # the second scenario is looked at
CONTENT = document_bytes(DOCUMENT)
RATIO = replace(FIRST_START, workload="insurance", recipe="stated", systems=(), reference="")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.ipuwhatif"
    path.write_bytes(CONTENT)
    return path


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("ending", FORMATS)
def test_that_every_kind_is_written_with_the_whole_document_inside(
    capsys: pytest.CaptureFixture[str], plan: Path, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"talk{ending}"
    written = json.loads(ask(capsys, "export", str(plan), "-o", str(path), "--json"))["written"]
    assert written[0] == str(path) and sorted(Path(each).name for each in written) == left(tmp_path)[1:]
    if ending in SUFFIXES:
        assert carried_in(path.read_bytes(), ending) == document_bytes(with_answers(load_world(), DOCUMENT))
    else:
        assert "IPU compute gain 1.30 ×" in Path(written[1]).read_text(encoding="utf-8")


def test_that_it_says_what_it_has_written(capsys: pytest.CaptureFixture[str], plan: Path, tmp_path: Path) -> None:
    text = ask(capsys, "export", str(plan), "-o", str(tmp_path / "talk.svg"))
    paths = (tmp_path / "talk.svg", tmp_path / "talk.svg.txt")
    written = [f"Written: {path}" for path in paths]
    assert text.splitlines() == [*written, "Charts of the active scenario, B: faster, of 2"]


def test_that_a_deck_has_every_chart_and_a_picture_the_comparison(
    capsys: pytest.CaptureFixture[str], plan: Path, tmp_path: Path
) -> None:
    ask(capsys, "export", str(plan), "-o", str(tmp_path / "talk.pptx"))
    slides = [name for name in names((tmp_path / "talk.pptx").read_bytes()) if name.startswith("ppt/slides/slide")]
    assert len(slides) == 5 + 1  # and the sources
    ask(capsys, "export", str(plan), "-o", str(tmp_path / "talk.png"))
    text = (tmp_path / "talk.png.txt").read_text(encoding="utf-8")
    assert "time to train" in text and "IPU compute gain 1.30 ×" in text


def test_that_charts_and_scenarios_are_chosen_with_their_order(
    capsys: pytest.CaptureFixture[str], plan: Path, tmp_path: Path
) -> None:
    path = tmp_path / "talk.pdf"
    words = ("--charts", "breakdown, compare", "--scenarios", "b,A")
    told = ask(capsys, "export", str(plan), "-o", str(path), *words)
    assert told.splitlines() == [f"Written: {path}"]  # nothing is left out that would have to be told
    title = r"([AB])(?:: [^·\n]*)? · ResNet-50, closed division: time to train(, by part)?"
    titles = re.findall(title, pdf_text(path))
    assert titles == [("B", ", by part"), ("A", ", by part"), ("B", ""), ("A", "")]


def test_that_a_picture_takes_the_chart_that_was_asked_for(
    capsys: pytest.CaptureFixture[str], plan: Path, tmp_path: Path
) -> None:
    ask(capsys, "export", str(plan), "-o", str(tmp_path / "talk.svg"), "--charts", "scaling")
    assert "time to train by chip count" in (tmp_path / "talk.svg").read_text(encoding="utf-8")


def test_that_the_other_scenario_stands_beside_the_active_one(
    capsys: pytest.CaptureFixture[str], plan: Path, tmp_path: Path
) -> None:
    ask(capsys, "export", str(plan), "-o", str(tmp_path / "both.csv"), "--beside", "A")
    text = (tmp_path / "both.csv").read_text(encoding="utf-8-sig")
    assert "A · IPU-POD16 (16 IPUs)" in text and "B · IPU-POD16 (16 IPUs)" in text


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (
            ["--charts", "compare,scalin"],
            "argument --charts: 'scalin' is not one of compare, scaling, breakdown, shares, memory, sensitivity, cost, "
            "evidence, roofline; the nearest is scaling",
        ),
        (["--charts", "cost,cost"], "argument --charts: 'cost,cost' has one twice; list each once"),
        (["--scenarios", "A,D"], "there is no scenario 'D'; there is A, B"),
        (["--scenarios", ""], "there is no scenario ''; there is A, B"),
        (["--scenarios", "a,A"], "'a,A' has one twice; list each once"),
        (["--beside", "b"], "'b' is the active scenario itself; name another one"),
        (["--beside", "C"], "there is no scenario 'C'; there is A, B"),
    ],
)
def test_that_what_is_not_there_is_refused_and_nothing_is_written(
    capsys: pytest.CaptureFixture[str], plan: Path, tmp_path: Path, words: list[str], line: str
) -> None:
    (tmp_path / "talk.pdf").write_bytes(b"before")
    assert refused(capsys, "export", str(plan), "-o", str(tmp_path / "talk.pdf"), *words) == line
    assert (tmp_path / "talk.pdf").read_bytes() == b"before" and left(tmp_path) == ["plan.ipuwhatif", "talk.pdf"]


def test_that_charts_that_were_asked_for_do_not_go_into_a_file_of_one(
    capsys: pytest.CaptureFixture[str], plan: Path, tmp_path: Path
) -> None:
    line = refused(capsys, "export", str(plan), "-o", str(tmp_path / "a.png"), "--charts", "scaling,cost")
    assert line == "a .png file holds one chart; write several to .pptx, .pdf, .xlsx or .html"


@pytest.mark.parametrize(
    ("words", "buttons"),
    [
        # over the chart of each of the two scenarios
        ([], ["B: faster", "A", "Logarithmic time axis"] * 4 + ["B: faster", "A"] * 6),
        (["--charts", "compare", "--scenarios", "A"], ["Logarithmic time axis"]),
        (["--charts", "cost", "--scenarios", "A,B"], ["A", "B: faster"] * 2),
    ],
)
def test_that_a_page_lets_choose_between_every_scenario_or_those_that_were_asked_for(
    capsys: pytest.CaptureFixture[str], plan: Path, tmp_path: Path, words: list[str], buttons: list[str]
) -> None:
    path = tmp_path / "talk.html"
    assert ask(capsys, "export", str(plan), "-o", str(path), *words) == f"Written: {path}\n"
    assert re.findall(r'<button type="button"[^>]*>([^<]*)</button>', path.read_text(encoding="utf-8")) == buttons


@pytest.mark.parametrize("command", ["compare", "scaling"])
def test_that_a_page_of_one_question_has_both_scales(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str
) -> None:
    path = tmp_path / "chart.html"
    ask(capsys, command, "-o", str(path))
    scales = re.findall(r'data-scale="(\w+)"( hidden)?', path.read_text(encoding="utf-8"))
    assert sorted(scale for scale, _ in scales) == ["linear", "log"] and [hidden for _, hidden in scales] == [
        "",
        " hidden",
    ]


def test_that_a_story_leaves_as_it_is_presented_or_in_the_steps_that_are_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    steps = next(
        each for each in load_stories(load_world().catalog, load_world().levers) if each.key == "article"
    ).steps
    path = tmp_path / "story.pdf"
    assert ask(capsys, "export", "story:article", "-o", str(path)) == f"Written: {path}\n"
    text = pdf_text(path)
    assert all((step.title in text) == (not is_asked_for(step)) for step in steps)
    ask(capsys, "export", "story:article", "-o", str(path), "--steps", "3, 1")
    text = pdf_text(path)
    assert text.index(steps[2].title) < text.index(steps[0].title) and steps[1].title not in text
    ask(capsys, "export", "story:article", "-o", str(tmp_path / "first.svg"))
    assert steps[0].title in (tmp_path / "first.svg.txt").read_text(encoding="utf-8")
    # what travels inside are the scenarios of the steps
    ask(capsys, "export", str(path), "-o", str(tmp_path / "again.csv"))


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["story:artcle"], "there is no story 'artcle'; the nearest of article, trust is article"),
        (["story:article", "--steps", "1,9"], "there is no step '9'; there are 1 to 8"),
        (["story:article", "--steps", "one"], "there is no step 'one'; there are 1 to 8"),
        (["story:article", "--steps", "2,2"], "'2,2' has one twice; list each once"),
        (
            ["story:article", "--charts", "cost"],
            "--charts, --scenarios and --beside are for a scenario file; of a story name --steps",
        ),
        (["plan", "--steps", "1"], "--steps is for a story; of a scenario file --charts says what goes in"),
    ],
)
def test_that_a_story_or_step_that_is_not_there_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, words: list[str], line: str
) -> None:
    assert refused(capsys, "export", *words, "-o", str(tmp_path / "story.pdf")) == line
    assert left(tmp_path) == []


def test_that_a_workbook_has_its_times_as_formulas(
    capsys: pytest.CaptureFixture[str], plan: Path, tmp_path: Path
) -> None:
    ask(capsys, "export", str(plan), "-o", str(tmp_path / "talk.xlsx"))
    data = (tmp_path / "talk.xlsx").read_bytes()
    sheets = [name for name in names(data) if name.startswith("xl/worksheets/sheet")]
    assert any(formulas(data, number) for number in range(1, len(sheets) + 1))


@pytest.mark.parametrize("ending", SUFFIXES)
def test_that_an_exported_file_is_exported_again_from_what_it_holds(
    capsys: pytest.CaptureFixture[str], plan: Path, tmp_path: Path, ending: str
) -> None:
    first, table, again = tmp_path / f"first{ending}", tmp_path / "table.csv", tmp_path / "again.csv"
    ask(capsys, "export", str(plan), "-o", str(first))
    plan.rename(tmp_path / "PLAN.IPUWHATIF")  # any letters
    ask(capsys, "export", str(first), "-o", str(table))
    ask(capsys, "export", str(tmp_path / "PLAN.IPUWHATIF"), "-o", str(again))
    assert table.read_bytes() == again.read_bytes()


def test_that_an_exported_file_can_be_made_anew_in_its_place(
    capsys: pytest.CaptureFixture[str], plan: Path, tmp_path: Path
) -> None:
    path = tmp_path / "talk.html"
    ask(capsys, "export", str(plan), "-o", str(path))
    first = path.read_bytes()
    ask(capsys, "export", str(path), "-o", str(path))
    assert path.read_bytes() == first


NEWER = {**document_values(DOCUMENT), "version": VERSION + 1, "weather": 1, "climate": 2}
LEFT_OUT = "was written by a newer version of IPU What-If. Left out: weather, climate."


@pytest.mark.parametrize("ending", [SUFFIX, ".svg"])
@pytest.mark.parametrize("words", [[], ["--json"]])
def test_that_what_only_a_newer_version_understands_is_told_beside_the_answer(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, ending: str, words: list[str]
) -> None:
    path, content = tmp_path / f"newer{ending}", json.dumps(NEWER).encode()
    path.write_bytes(content if ending == SUFFIX else svg_with(b"<svg></svg>", content))
    assert main(["export", str(path), "-o", str(tmp_path / "table.csv"), *words]) == 0
    assert capsys.readouterr().err == f"ipuwhatif: newer{ending} {LEFT_OUT}\n"


def test_that_a_file_that_compare_wrote_is_a_scenario_too(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    question = ("compare", "-s", "ipu-pod16,dgx-a100", "--set", "ipu.clock=1.1", "-o", str(tmp_path / "a.svg"))
    ask(capsys, *question)
    ask(capsys, "export", str(tmp_path / "a.svg"), "-o", str(tmp_path / "b.csv"))
    assert "IPU clock 1.10 ×" in (tmp_path / "b.csv.txt").read_text(encoding="utf-8")


MOVED_AWAY = "{path} cannot be read: No such file or directory; was it moved or renamed? Open it from where it is now"
NONE_INSIDE = "{path}: there is no scenario in it; choose a file that IPU What-If has saved or exported"
OTHER_FORMAT = (
    "{path.name}, scenario: no scenario, its format is not 'ipuwhatif scenario'; "
    "choose a file that IPU What-If has saved"
)
NO_SCENARIO = "This is no scenario; choose a file that IPU What-If has saved"
KNOWN = ".pptx, .xlsx, .pdf, .html, .png, .svg, .csv"
NO_CHART = "this scenario has no chart: tick a system, and choose a job that can be projected"
SOURCES = {
    "gone.ipuwhatif": (None, MOVED_AWAY),
    "gone.pptx": (None, MOVED_AWAY),
    "picture.png": (b"\x89PNG\r\n\x1a\n", NONE_INSIDE),
    "deck.pptx": (b"PK\3\4", NONE_INSIDE),
    "page.html": (
        b'<script type="application/json" id="ipuwhatif-scenario">{"format": 1}</script>',
        OTHER_FORMAT,
    ),
    "other.ipuwhatif": (b"{}", OTHER_FORMAT),
    "table.csv": (b"System,Time\r\n", "{path.name}, line 1: broken JSON: Expecting value. " + NO_SCENARIO),
    "cut.ipuwhatif": (
        CONTENT[:200],
        "{path.name}, line 11: broken JSON: Unterminated string starting at. " + NO_SCENARIO,
    ),
    "none.ipuwhatif": (
        document_bytes(Document((replace(FIRST_START, systems=(), reference=""),))),
        NO_CHART,
    ),
    "ratio.ipuwhatif": (document_bytes(Document((RATIO,))), NO_CHART),
}


@pytest.mark.parametrize("name", SOURCES)
def test_that_a_file_without_a_scenario_or_without_a_chart_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str
) -> None:
    content, line = SOURCES[name]
    if content is not None:
        (tmp_path / name).write_bytes(content)
    before = left(tmp_path)
    told = refused(capsys, "export", str(tmp_path / name), "-o", str(tmp_path / "talk.pptx"))
    assert told == line.format(path=tmp_path / name)
    assert left(tmp_path) == before


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("talk.doc", f"cannot write '{{path.name}}': .doc is not known; the nearest of {KNOWN} is .pdf"),
        ("talk", f"cannot write to '{{path.name}}': it has no extension; use one of {KNOWN}"),
        ("plan.ipuwhatif", f"cannot write '{{path.name}}': .ipuwhatif is not known; the nearest of {KNOWN} is .pdf"),
        ("gone/talk.pptx", "the folder {path.parent} does not exist"),
        ("n" * 300 + ".html", "{path} cannot be written: File name too long"),
        ("folder.pdf", "{path} is a folder; name a file in it"),
    ],
)
def test_that_a_target_that_cannot_be_is_refused_and_the_scenario_stays(
    capsys: pytest.CaptureFixture[str], plan: Path, tmp_path: Path, name: str, line: str
) -> None:
    (tmp_path / "folder.pdf").mkdir()
    told = refused(capsys, "export", str(plan), "-o", str(tmp_path / name))
    assert told == line.format(path=tmp_path / name)
    assert left(tmp_path) == ["folder.pdf", "plan.ipuwhatif"] and plan.read_bytes() == CONTENT


def test_that_a_folder_is_no_scenario(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    told = refused(capsys, "export", str(tmp_path), "-o", str(tmp_path / "talk.pptx"))
    assert told == f"{tmp_path} is no file; choose a file"


@pytest.mark.parametrize(
    ("arguments", "missing"),
    [
        ((), "SCENARIO, -o/--output"),
        (("plan.ipuwhatif",), "-o/--output"),
        (("-o", "talk.pptx"), "SCENARIO"),
    ],
)
def test_that_what_is_missing_is_named(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], missing: str
) -> None:
    assert refused(capsys, "export", *arguments) == f"the following arguments are required: {missing}"


def test_that_it_works_where_there_is_no_display(run, plan: Path, tmp_path: Path) -> None:
    answer = run("export", str(plan), "-o", str(tmp_path / "talk.pdf"), QT_QPA_PLATFORM="")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert (tmp_path / "talk.pdf").read_bytes().startswith(b"%PDF")


def test_that_a_scenario_of_a_workload_that_fits_nothing_says_why(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    small = replace(
        FIRST_START,
        workload="bert-large",
        systems=(SystemChoice("ipu-pod", 1),),
        reference="ipu-pod:1",
        recipe="closed",
    )
    (tmp_path / "small.ipuwhatif").write_bytes(document_bytes(Document((small,))))
    told = refused(capsys, "export", str(tmp_path / "small.ipuwhatif"), "-o", str(tmp_path / "talk.pptx"))
    assert told == (
        "BERT-Large does not fit on 1 IPU: the smallest number that does is 4 IPUs "
        "(a chip would need 1.42 GB; of its 900 MB, 720 MB are there for that)"
    )
    assert refused(capsys, "export", str(tmp_path / "small.ipuwhatif"), "-o", str(tmp_path / "talk.csv")) == told


def test_that_resolution_and_theme_can_be_asked_for(tmp_path: Path) -> None:
    from PySide6.QtGui import QImage

    usual, asked = tmp_path / "usual.png", tmp_path / "asked.png"
    assert main(["compare", "-s", "ipu-pod16", "-o", str(usual)]) == 0
    assert main(["compare", "-s", "ipu-pod16", "-o", str(asked), "--dpi", "300", "--theme", "dark"]) == 0
    small, large = QImage(str(usual)), QImage(str(asked))
    assert large.width() == pytest.approx(small.width() * 300 / 192, abs=1)
    assert large.dotsPerMeterX() == pytest.approx(300 / 0.0254, abs=1)
    assert small.pixelColor(1, 1).lightness() > 200 > 60 > large.pixelColor(1, 1).lightness()


def test_that_slides_are_made_with_a_template_that_is_asked_for(
    capsys: pytest.CaptureFixture[str], plan: Path, tmp_path: Path
) -> None:
    from pptx import Presentation

    ours = tmp_path / "ours.potx"
    ours.write_bytes(as_potx(template(720.0, 540.0)))
    for asked in (["compare", "-s", "ipu-pod16"], ["export", str(plan)], ["scaling", "-s", "ipu-pod"]):
        ask(capsys, *asked, "--template", str(ours), "-o", str(tmp_path / "talk.pptx"))
        assert Presentation(str(tmp_path / "talk.pptx")).slide_width.pt == 720.0


def test_that_a_template_that_cannot_be_used_is_refused_and_nothing_is_written(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    ours = tmp_path / "ours.potx"
    ours.write_bytes(b"PK\3\4")
    target = str(tmp_path / "talk.pptx")
    assert main(["compare", "-s", "ipu-pod16", "-o", target, "--template", str(ours)]) == BAD_INPUT
    told = "the template 'ours.potx' cannot be read as PowerPoint: open it there and save it anew, or choose another"
    assert capsys.readouterr() == ("", f"ipuwhatif: {told}\n")
    assert left(tmp_path) == ["ours.potx"]
    assert main(["compare", "-s", "ipu-pod16", "-o", str(tmp_path / "a.png"), "--template", str(ours)]) == BAD_INPUT
    told = "--template says how a .pptx file looks: name one, -o chart.pptx, or leave it out"
    assert capsys.readouterr() == ("", f"ipuwhatif: {told}\n")


@pytest.mark.parametrize(
    ("option", "told"),
    [
        (["--dpi", "9"], "'9' is not from 24 to 768 dots per inch; write for example 300"),
        (["--dpi", "1e9"], "'1e9' is not from 24 to 768 dots per inch; write for example 300"),
        (["--dpi", "many"], "'many' is not from 24 to 768 dots per inch; write for example 300"),
        (["--theme", "drak"], "'drak' is not one of light, dark, projector; the nearest is dark"),
    ],
)
def test_that_a_resolution_or_theme_that_cannot_be_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, option: list[str], told: str
) -> None:
    assert main(["compare", "-s", "ipu-pod16", "-o", str(tmp_path / "chart.png"), *option]) == BAD_INPUT
    assert capsys.readouterr() == ("", f"ipuwhatif: argument {option[0]}: {told}\n")
    assert left(tmp_path) == []


def test_that_a_document_of_another_calibration_says_what_has_moved_and_keeps_its_numbers(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    saved = saved_before(load_world(), DOCUMENT, 1.25, OTHER_EVIDENCE, OTHER_MODEL)
    path, target = tmp_path / "plan.ipuwhatif", tmp_path / "talk.svg"
    path.write_bytes(document_bytes(saved))
    assert main(["export", str(path), "-o", str(target), "--json"]) == 0
    out, err = capsys.readouterr()
    assert err.count("\n") == 1
    assert err.startswith("ipuwhatif: plan.ipuwhatif: 10 of 10 times have moved since this was saved, most of all ")
    assert err.endswith(" (−20.0 %): new evidence and fit.\n")
    moved = json.loads(out)["moved"]
    assert [(each["scenario"], each["reason"]) for each in moved] == [("A", "both")] * 5 + [("B", "both")] * 5
    first = saved.kept_at(0).times["ipu-pod:16"]
    assert moved[0]["system"] == "ipu-pod:16" and moved[0]["change"] == pytest.approx(-0.2)
    assert moved[0]["kept"]["median_s"] == first.median_s and moved[0]["now"]["high_s"] < first.high_s
    assert carried_in(target.read_bytes(), ".svg") == document_bytes(saved)
    assert main(["--language", "zh_CN", "export", str(target), "-o", str(tmp_path / "talk.csv")]) == 0
    out, err = capsys.readouterr()
    assert err.startswith("ipuwhatif: talk.svg：自保存以来 10 个时间中有 10 个变动") and "talk.csv" in out


def test_that_a_document_of_today_says_nothing_of_that(
    capsys: pytest.CaptureFixture[str], plan: Path, tmp_path: Path
) -> None:
    assert main(["export", str(plan), "-o", str(tmp_path / "talk.svg")]) == 0
    assert capsys.readouterr().err == ""
    assert main(["export", str(tmp_path / "talk.svg"), "-o", str(tmp_path / "talk.csv"), "--json"]) == 0
    out, err = capsys.readouterr()
    assert (json.loads(out)["moved"], err) == (None, "")

"""The part of the File menu that lets charts leave: copies, a slide at one key, any format, all charts at once."""

from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget

from ipuwhatif.gui.answering.question import QUESTIONS, Question, question_names
from ipuwhatif.gui.dialogs import show_fault
from ipuwhatif.gui.files.copied import picture_data, slide_data
from ipuwhatif.gui.files.deck_maker import DeckMaker, chart_maker, deck_maker
from ipuwhatif.gui.files.file_menu import Keeping
from ipuwhatif.gui.files.proposed_name import proposed_name, usual_folder
from ipuwhatif.gui.files.told import Told
from ipuwhatif.gui.menu_action import add_action
from ipuwhatif.gui.page.kept_place import Place
from ipuwhatif.gui.page.workspace import Workspace
from ipuwhatif.gui.tables.cells import copy_cells
from ipuwhatif.records import replace
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError

if TYPE_CHECKING:
    from ipuwhatif.analysis.cost.economics import Bill
    from ipuwhatif.analysis.world import World
    from ipuwhatif.charts.spec import Figure
    from ipuwhatif.export.chosen import Chosen
    from ipuwhatif.gui.files.export_job import ExportJob
    from ipuwhatif.scenario.scenario import Scenario
    from ipuwhatif.scenario.stories import StoryStep


class Exporting(Keeping, Protocol):
    """A window, as far as this menu knows it."""

    theme_name: str
    question: Question
    workspace: Workspace
    world: "World | None"
    place: Place

    @property
    def shown_question(self) -> str: ...

    def note_folder(self, folder: Path) -> None: ...


class ExportMenu(QObject):
    """Actions on the figure that is shown; each is enabled while there is one."""

    def __init__(self, menu: QMenu, shown: Exporting) -> None:
        super().__init__(menu)
        self._shown = shown
        self._window: QWidget = menu.window() if not isinstance(shown, QWidget) else shown
        self.job: ExportJob | None = None  # with the first export
        self.told = Told(shown.workspace.notes)
        shown.workspace.notes.take_in(self.told)
        notes = tr("Its footnotes go along as text")
        self.copy = add_action(self, menu, tr("Copy chart as picture"), "Ctrl+C", self.copy_chart, notes)
        self.copy_table = add_action(
            self, menu, tr("Copy table"), "Ctrl+Shift+C", self.copy_cells, tr("Cells to paste")
        )
        told = tr("As a PowerPoint file for mails, chats and folders, until the app closes; elsewhere as a picture")
        self.copy_file = add_action(self, menu, tr("Copy as slide"), "Ctrl+Alt+C", self.copy_slide, told)
        slide = tr("A PowerPoint slide of this chart, with table, footnotes and speaker notes")
        self.slide = add_action(self, menu, tr("Make my slide…"), "Ctrl+M", self._make_slide, slide)
        formats = tr("PowerPoint, Excel, PDF, web page, PNG, SVG or CSV; the scenario travels inside")
        self.export = add_action(self, menu, tr("Export chart…"), "Ctrl+E", self._export, formats)
        deck = tr("Comparison, scaling, parts, what it depends on and cost, one after the other")
        self.deck = add_action(self, menu, tr("Export every chart…"), "Ctrl+Shift+E", self._export_deck, deck)
        picked = tr("Some of the charts, of any scenario, or the steps of a story, in your order")
        self.some = add_action(self, menu, tr("Export chosen charts…"), "Ctrl+Alt+E", self._choose, picked)
        self._copied: Figure | None = None  # of the slide that is being copied
        self.last: Path | None = None  # file that was exported
        self.show_last = add_action(self, menu, tr("Show the exported file in its folder"), "", self._show_last)

    def refresh(self) -> None:
        """Follow the window."""
        there = self._shown.workspace.figure is not None
        for action in (self.copy, self.copy_table, self.copy_file, self.slide, self.export, self.deck, self.some):
            action.setEnabled(there)
        self.show_last.setEnabled(self.last is not None)

    def copy_chart(self) -> None:
        """The chart as a picture on the clipboard, its footnotes along with it as text."""
        figure = self._shown.workspace.figure
        if figure is not None:
            QApplication.clipboard().setMimeData(picture_data(figure, self._shown.theme_name))
            self.told.tell(tr("Copied the picture"))

    def copy_cells(self) -> None:
        """The table on the clipboard, as cells for a spreadsheet and as a table for a text."""
        figure = self._shown.workspace.figure
        if figure is not None:
            copy_cells(figure.table)
            self.told.tell(tr("Copied the table"))

    def copy_slide(self) -> None:
        """The slide on the clipboard, as a file that lies in a folder of its own until the program ends."""
        self._copied = self._shown.workspace.figure
        self.export_to(Path(_copies().name) / "slide.pptx")

    def _done(self, written: tuple[Path, ...]) -> None:
        copying = _copies.cache_info().currsize > 0  # the folder is made with the first copy, not to look at it
        if copying and self._copied is not None and written[0].parent == Path(_copies().name):
            QApplication.clipboard().setMimeData(slide_data(written[0], self._copied, self._shown.theme_name))
            self.told.tell(tr("Copied the slide as a file; its picture and notes where no file goes in"))
        else:
            self.last = written[0]
            self.told.tell_saved(self.last)
            self.refresh()

    def export_to(self, path: Path, dpi: float | None = None) -> None:
        """The figure that is shown as a file of the kind that its ending says. A fault is told in one dialog.

        dpi: of a PNG picture, where it is not the usual one.
        """
        figure, world = self._shown.workspace.figure, self._shown.world
        if figure is not None and world is not None:
            asked = self._shown.question
            look = replace(self._shown.workspace.tools.look(asked.selection), beside=asked.shown_beside)
            self._start(path, chart_maker(world, asked, self._shown.shown_question, figure, look), dpi)

    def export_deck_to(self, path: Path, wanted: "Sequence[Chosen | StoryStep]" = ()) -> None:
        """Chosen charts or the steps of a story as one file; nothing chosen: every usual chart of the scenario."""
        if self._shown.world is not None:
            self._start(path, deck_maker(self._shown.world, self._shown.question, wanted))

    def _show_last(self) -> None:
        if self.last is not None:
            self.told.reach(self.last.parent)

    @property
    def is_busy(self) -> bool:
        """Whether a file is being written."""
        return self.job is not None and self.job.running

    def close(self) -> None:
        """The window closes."""
        if self.job is not None:
            self.job.close()

    def _start(self, path: Path, made: DeckMaker, dpi: float | None = None) -> None:
        """Make the figures and the file in the worker; the document as it is now travels inside."""
        from ipuwhatif.analysis.kept_answers import with_answers
        from ipuwhatif.export.formats import DEFAULT_DPI
        from ipuwhatif.export.writers import write_figures
        from ipuwhatif.gui.files.export_job import ExportJob
        from ipuwhatif.scenario.files.file_format import document_bytes

        world = self._shown.world
        if world is None:
            return
        if self.job is None:
            self.job = ExportJob(self._window)
            self.job.done.connect(self._done)
            self.job.failed.connect(lambda reason: show_fault(self._window, reason))
        theme, version = self._shown.theme_name, world.catalog.evidence_hash[:12]
        template = Path(self._shown.place.template) if self._shown.place.template else None

        def write(target: Path) -> tuple[Path, ...]:
            workbook = target.suffix.casefold() == ".xlsx"
            projections = _projections(world, made.timed) if workbook and made.timed is not None else ()
            content = document_bytes(with_answers(world, made.document))
            ways = made.ways() if target.suffix.casefold() == ".html" else ()
            figures = () if ways else made.make()
            return write_figures(
                target, figures, content, theme, version, projections, dpi or DEFAULT_DPI, ways, template
            )

        self.job.start(path, write)

    def _make_slide(self) -> None:
        self._asked(tr("Make my slide"), self._name(), (".pptx",), self.export_to)

    def _export(self) -> None:
        from ipuwhatif.export.formats import FORMATS

        self._asked(tr("Export chart"), self._name(), tuple(FORMATS), self.export_to)

    def _export_deck(self, wanted: "Sequence[Chosen | StoryStep]" = ()) -> None:
        from ipuwhatif.export.formats import FORMATS

        several = tuple(suffix for suffix, each in FORMATS.items() if each.several)
        title = tr("Export chosen charts") if wanted else tr("Export every chart")
        self._asked(title, self._name(several=True), several, partial(self.export_deck_to, wanted=wanted))

    def _choose(self) -> None:
        """Ask what goes into the file, then where to."""
        from ipuwhatif.figures.scenarios.stories import told_stories
        from ipuwhatif.gui.files.chosen_dialog import ChosenDialog, document_offer, story_offer

        world, asked = self._shown.world, self._shown.question
        if world is None:
            return
        try:
            stories = told_stories(world.catalog, world.levers)
        except InputError as error:  # an incomplete installation; the document's own charts are there
            show_fault(self._window, str(error))
            stories = ()
        offers = (document_offer(asked.document, asked.beside), *map(story_offer, stories))
        dialog = ChosenDialog(offers, self._window)
        dialog.accepted.connect(lambda: self._export_deck(dialog.chosen()))
        dialog.open()

    def _name(self, several: bool = False) -> str:
        """The name of a file for what is shown: that of the document with its tab, or what the chart says it shows."""
        shown, figure = self._shown, self._shown.workspace.figure
        path = None if shown.documents is None else shown.documents.path
        tab = tr("every chart") if several else question_names()[QUESTIONS.index(shown.shown_question)]
        if path is not None:
            return proposed_name(f"{path.stem} - {tab}", tr("chart"))
        world = shown.world
        job = "" if world is None else world.catalog.workloads[shown.question.scenario.workload].name
        title = f"{job} - {tab}" if several or figure is None else figure.chart.title
        return proposed_name(title, tr("chart"))

    def _asked(self, title: str, name: str, suffixes: tuple[str, ...], go_on: Callable[..., None]) -> None:
        """Ask where to; a name without an ending takes that of the chosen kind."""
        from ipuwhatif.export.formats import FORMATS, PRINT_DPI

        kinds = {tr("{name} (*{suffix})", name=tr(FORMATS[each].name), suffix=each): each for each in suffixes}
        printed = tr("Picture for print, {dpi} dots per inch (*{suffix})", dpi=round(PRINT_DPI), suffix=".png")
        if ".png" in suffixes:
            kinds[printed] = ".png"
        offered = str(usual_folder(self._shown.place.folder) / f"{name}{suffixes[0]}")
        chosen, kind = QFileDialog.getSaveFileName(self._window, title, offered, ";;".join(kinds))
        if chosen:
            path = Path(chosen)
            self._shown.note_folder(path.parent)
            known = path.suffix.casefold() in suffixes
            path = path if known else path.with_name(path.name + kinds.get(kind, suffixes[0]))
            go_on(path, *([PRINT_DPI] if kind == printed and path.suffix.casefold() == ".png" else []))


@cache
def _copies() -> "TemporaryDirectory[str]":
    """Of the whole program: what is on the clipboard outlives a change of language."""
    return TemporaryDirectory(prefix="ipuwhatif-copied-")


def _projections(world: "World", scenario: "Scenario") -> "tuple[Bill, ...]":
    """What the formulas of a workbook are made of; none where no system can run the job."""
    from ipuwhatif.analysis.cost.economics import economics

    try:
        return economics(world, scenario).bills
    except InputError:
        return ()

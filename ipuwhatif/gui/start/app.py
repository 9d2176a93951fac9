"""Starts the app: one QApplication, its icon at once, one window behind it, and a net under every slot.

Whatever is not needed to paint the icon is loaded once it stands.
"""

import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from ipuwhatif.gui.start.fault_log import write_log
from ipuwhatif.gui.start.no_screen import in_our_words
from ipuwhatif.gui.start.splash import show_splash
from ipuwhatif.texts import tr
from ipuwhatif.units import LONGEST_FAULT, printable, shortened, told

if TYPE_CHECKING:
    from ipuwhatif.gui.start.interrupts import Interrupts
    from ipuwhatif.gui.window import MainWindow
    from ipuwhatif.scenario.files.document import Document


SMOKE_LIMIT_MS = 60_000
Tell = Callable[[str], None]


def _complain(line: str) -> None:
    print(line, file=sys.stderr)


def run(smoke: bool = False, file: Path | None = None, tell: Tell = _complain, say: Tell = print) -> int:
    """Open the window, with a scenario file where one is given, and stay until it is closed.

    With `smoke`: wait for the first projection, `say` it, and end; nothing is kept or asked, and a faulty file is an
    InputError. `tell` gets a line where numbers have moved since the file was saved, where a newer version wrote it,
    and before the process ends without a screen. Returns the exit code: 0, 1 when a smoke run saw no projection, or as
    shells say that a signal ended it.
    """
    with in_our_words(tell):
        application = _named_application()
    cover = show_splash()
    window = _smoke_window(file, _theme(application, ""), tell) if smoke else _window(application, file, tell)
    if file is not None:
        _tell_moved(window, file, tell)
    window.show()
    cover.close()
    _collect_between_events(window)
    interrupts = _hear_signals(application, window)
    seen = _smoke(application, window) if smoke else ""
    code = int(not seen) if smoke else application.exec()
    interrupts.close()
    window.deleteLater()
    if seen:
        say(seen)
    return code


def _collect_between_events(window: "MainWindow") -> None:
    from ipuwhatif.gui.start.collecting import Collector

    Collector(window)


def _hear_signals(application: QApplication, window: "MainWindow") -> "Interrupts":
    """Ctrl+C ends the app whatever is open in it; only where the unsaved cannot be kept is it asked about."""
    from ipuwhatif.gui.start.interrupts import Interrupts

    def leave(number: int) -> None:
        if window.leave():
            application.exit(128 + number)

    return Interrupts(leave, window)


def _tell_moved(window: "MainWindow", file: Path, tell: Tell) -> None:
    """Tell what the window says of the file that it was started with; what is opened later is told there alone."""
    from PySide6.QtCore import Qt

    starting = [file]

    def tell_line(line: str) -> None:
        for each in starting:
            tell(tr("{file}: {line}", file=printable(each.name), line=line))

    window.moved.connect(tell_line)
    window.answered.connect(starting.clear, Qt.ConnectionType.SingleShotConnection)


def make_application() -> QApplication:
    """The one QApplication of the process, painted in the light theme until a window says otherwise."""
    from ipuwhatif.gui.theme import LIGHT, apply_theme

    application = _named_application()
    apply_theme(application, LIGHT)
    return application


def _named_application() -> QApplication:
    from ipuwhatif.export.qt_words import leave_out_settings

    leave_out_settings()
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(["ipuwhatif"])
    application.setApplicationName("ipuwhatif")
    application.setApplicationDisplayName(tr("IPU What-If"))
    application.setDesktopFileName("ipuwhatif")
    return application


def _window(application: QApplication, file: Path | None, tell: Tell) -> "MainWindow":
    """The window as users have it: what they do and choose is kept, and faults are shown."""
    from PySide6.QtCore import QTimer

    from ipuwhatif.gui.dialogs import show_fault
    from ipuwhatif.gui.start.languages import system_language, use_language
    from ipuwhatif.gui.start.preferences import keep_preference, load_preferences

    folder = data_folder()
    preferred = load_preferences(folder)
    fault = use_language(preferred.language or system_language())
    application.setApplicationDisplayName(tr("IPU What-If"))
    from ipuwhatif.gui.page.kept_place import put_in_place
    from ipuwhatif.gui.window import MainWindow

    window = MainWindow(theme_name=_theme(application, preferred.theme), folder=folder, file=file)
    put_in_place(window, window.place)
    window.preferred.connect(lambda name, value: keep_preference(folder, name, value))
    sys.excepthook = fault_hook(window)
    if fault:
        tell(fault)
        QTimer.singleShot(0, window, lambda: show_fault(window, fault))
    return window


def _smoke_window(file: Path | None, theme_name: str, tell: Tell) -> "MainWindow":
    from ipuwhatif.gui.window import MainWindow
    from ipuwhatif.scenario.files.document import FIRST_DOCUMENT

    return MainWindow(FIRST_DOCUMENT if file is None else _document_of(file, tell), theme_name)


def data_folder() -> Path:
    """Where the app keeps what it needs at the next start: journals and the list of recent files."""
    from PySide6.QtCore import QStandardPaths

    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation))


def _document_of(file: Path, tell: Tell) -> "Document":
    from ipuwhatif.analysis.kept_answers import unsettled
    from ipuwhatif.analysis.world import load_world, welcome
    from ipuwhatif.export.embedded_document import opened_file
    from ipuwhatif.figures.scenarios.documents import newer_text

    world = load_world()
    opened = opened_file(file, world.catalog, world.levers)
    if opened.newer:
        tell(newer_text(printable(file.name), opened))
    for line in welcome(opened.document)[1]:
        tell(tr("{file}: {line}", file=printable(file.name), line=told(line)))
    return unsettled(load_world(), opened.document)


Hook = Callable[[type[BaseException], BaseException, TracebackType | None], None]


def fault_hook(window: "MainWindow") -> Hook:
    """What Python calls for a fault in a slot: log it, show one dialog while the window is open, go on."""
    from PySide6.QtCore import QTimer
    from shiboken6 import isValid

    from ipuwhatif.gui.dialogs import show_fault

    showing: list[bool] = []

    def hook(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        open_ = isValid(window) and not window.closed
        if issubclass(kind, KeyboardInterrupt):
            if open_:
                window.leave()
            return
        text = "".join(traceback.format_exception(kind, fault, trace))
        if sys.stderr is not None:
            with suppress(OSError):  # nobody listens: the log has it too
                sys.stderr.write(text)
        log = write_log(text)
        if open_ and not showing:  # one dialog, however many slots fail behind it
            showing.append(True)
            where = tr("Details are in {path}.", path=log) if log is not None else ""
            told = shortened(fault, LONGEST_FAULT)
            show_fault(window, tr("Something went wrong: {fault}. The app goes on. {where}", fault=told, where=where))
            QTimer.singleShot(2000, showing.clear)

    return hook


def _theme(application: QApplication, preferred: str) -> str:
    """Paint the application in the preferred theme, or as the system asks, light or dark; returns the theme."""
    from PySide6.QtCore import Qt

    from ipuwhatif.gui.theme import DARK, LIGHT, apply_theme

    dark = application.styleHints().colorScheme() == Qt.ColorScheme.Dark
    name = preferred or (DARK if dark else LIGHT)
    apply_theme(application, name)
    return name


def _smoke(application: QApplication, window: "MainWindow") -> str:
    """Wait for the first answer as a user would; the first system's projected time, or nothing where none came."""
    from PySide6.QtCore import Qt, QTimer

    from ipuwhatif.charts.spec import PROJECTED
    from ipuwhatif.figures.times import time_text

    seen: list[str] = []

    def done() -> None:
        figure = window.workspace.figure
        if figure is not None:
            first = next(each for each in figure.chart.intervals if each.style == PROJECTED)
            seen.extend((figure.table.rows[0][0].text, time_text(first.median)))
        window.close()
        application.quit()

    window.answered.connect(lambda: QTimer.singleShot(0, window, done), Qt.ConnectionType.SingleShotConnection)
    QTimer.singleShot(SMOKE_LIMIT_MS, window, application.quit)
    application.exec()
    return "  ".join(seen)

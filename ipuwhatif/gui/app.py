"""Starts the app: one QApplication, one window, and a net under every slot."""

import sys
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QStandardPaths, Qt, QTimer
from PySide6.QtWidgets import QApplication

from ipuwhatif.gui.dialogs import show_fault
from ipuwhatif.gui.theme import DARK, LIGHT, apply_theme
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.scenario.document import FIRST_DOCUMENT, Document
from ipuwhatif.texts import tr

SMOKE_LIMIT_MS = 60_000


def run(smoke: bool = False, file: Path | None = None) -> int:
    """Open the window, with a scenario file where one is given, and stay until it is closed.

    With `smoke`: wait for the first projection, print it, and end; nothing is kept or asked, and a faulty file is an
    InputError. Returns the exit code: 0, or 1 when a smoke run saw no projection.
    """
    application = make_application()
    theme_name = _system_theme(application)
    if smoke:
        return _smoke(application, MainWindow(FIRST_DOCUMENT if file is None else _document_of(file), theme_name))
    window = MainWindow(theme_name=theme_name, folder=data_folder(), file=file)
    sys.excepthook = fault_hook(window)
    window.show()
    code = application.exec()
    window.deleteLater()
    return code


def make_application() -> QApplication:
    """The one QApplication of the process, painted in the light theme until a window says otherwise."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(["ipuwhatif"])
    application.setApplicationName("ipuwhatif")
    application.setApplicationDisplayName(tr("IPU What-If"))
    application.setDesktopFileName("ipuwhatif")
    apply_theme(application, LIGHT)
    return application


def data_folder() -> Path:
    """Where the app keeps what it needs at the next start: journals and the list of recent files."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation))


def _document_of(file: Path) -> Document:
    from ipuwhatif.analysis.world import load_world
    from ipuwhatif.scenario.file_format import load_document

    world = load_world()
    return load_document(file, world.catalog, world.levers).document


Hook = Callable[[type[BaseException], BaseException, TracebackType | None], None]


def fault_hook(window: MainWindow) -> Hook:
    """What Python calls for a fault in a slot: log it, show one dialog, go on."""
    showing: list[bool] = []

    def hook(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            window.close()
            return
        text = "".join(traceback.format_exception(kind, fault, trace))
        sys.stderr.write(text)
        log = write_log(text)
        if not showing:  # one dialog, however many slots fail behind it
            showing.append(True)
            where = tr("Details are in {path}.", path=log) if log is not None else ""
            show_fault(window, tr("Something went wrong: {fault}. The app goes on. {where}", fault=fault, where=where))
            QTimer.singleShot(2000, showing.clear)

    return hook


def write_log(text: str) -> Path | None:
    """Append a fault to the log of this user; `None` when it cannot be written."""
    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "faults.log"
        with path.open("a", encoding="utf-8") as log:
            log.write(f"{datetime.now().isoformat(timespec='seconds')}\n{text}\n")
    except OSError:
        return None
    return path


def _system_theme(application: QApplication) -> str:
    name = DARK if application.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT
    apply_theme(application, name)
    return name


def _smoke(application: QApplication, window: MainWindow) -> int:
    """Start as a user would, wait for the first answer, print the first system's projected time."""

    def done() -> None:
        figure = window.workspace.figure
        if figure is not None:
            print("  ".join(cell.text for cell in figure.table.rows[0][:2]), figure.table.columns[1].title, sep="  ")
        window.close()
        application.exit(0 if figure is not None else 1)

    window.answered.connect(lambda: QTimer.singleShot(0, done), Qt.ConnectionType.SingleShotConnection)
    QTimer.singleShot(SMOKE_LIMIT_MS, window, lambda: application.exit(1))
    window.show()
    code = application.exec()
    window.deleteLater()
    return code

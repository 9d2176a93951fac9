"""Where the window stood and how its panes were left, from one start to the next. A damaged file is as none."""

from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QMainWindow

from ipuwhatif.files import read_bounded, write_atomic
from ipuwhatif.gui.answering.question import COMPARE, QUESTIONS
from ipuwhatif.records import Record, asdict, field_names
from ipuwhatif.units import InputError

_FILE, _FORMAT, _VERSION = "window.json", "ipuwhatif window", 1
_LIMIT_BYTES, _LONGEST, _FARTHEST = 20_000, 4096, 100_000


class Place(Record, frozen=True):
    """Sizes in logical pixels; 0 or an empty text: as the app has it of itself."""

    x: int = 0
    y: int = 0
    width: int = 0
    height: int = 0
    maximized: bool = False
    side: int = 0  # width of the panel at the side
    drawer: int = 0  # width of the drawer
    table: int = 0  # height of the table, where a hand has dragged it
    side_shown: bool = True
    table_shown: bool = True
    notes_open: bool = False
    buttons_shown: bool = True  # beside the menus
    tab: str = COMPARE
    why: str = ""  # what the open drawer explained
    folder: str = ""  # into which a file was written last
    template: str = ""  # that slides are made with; empty: the app's own


def load_place(folder: Path) -> Place:
    """What is kept in `folder`; a value that cannot be used counts as not kept."""
    from ipuwhatif.catalog.documents import decode_object

    try:
        values = decode_object(read_bounded(folder / _FILE, _LIMIT_BYTES), _FILE)
    except InputError:
        return Place()
    if (values.get("format"), values.get("version")) != (_FORMAT, _VERSION):
        return Place()
    kept, usual = {}, Place()
    for name in field_names(Place):
        value = values.get(name)
        if type(value) is type(getattr(usual, name)) and _is_usable(name, value):
            kept[name] = value
    return Place(**kept)  # type: ignore[arg-type]  # each is of the type of its field


def keep_place(folder: Path, place: Place) -> None:
    """Keep it for the next start; where that cannot be done, nothing is lost but that."""
    from ipuwhatif.scenario.files.file_format import json_bytes

    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_atomic(folder / _FILE, json_bytes({"format": _FORMAT, "version": _VERSION, **asdict(place)}))
    except (InputError, OSError):
        return


def put_in_place(window: QMainWindow, place: Place) -> None:
    """The window where it stood, as far as a screen is still there, and never larger than its screen."""
    wanted = QRect(place.x, place.y, place.width, place.height)
    screens = [screen.availableGeometry() for screen in window.screen().virtualSiblings()]
    if wanted.isEmpty():
        wanted = QRect(screens[0].topLeft(), window.size())
        wanted.moveCenter(screens[0].center())
    room = max(screens, key=lambda screen: _area(screen.intersected(wanted)))
    size = wanted.size().boundedTo(room.size()).expandedTo(window.minimumSize())
    wanted.setSize(size)
    wanted.moveRight(min(wanted.right(), room.right()))
    wanted.moveBottom(min(wanted.bottom(), room.bottom()))
    wanted.moveLeft(max(wanted.left(), room.left()))
    wanted.moveTop(max(wanted.top(), room.top()))
    window.setGeometry(wanted)
    if place.maximized:
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)


def _area(rect: QRect) -> int:
    return rect.width() * rect.height()


def _is_usable(name: str, value: object) -> bool:
    if name == "tab":
        return value in QUESTIONS
    if isinstance(value, str):
        return len(value) <= _LONGEST
    return isinstance(value, bool) or (isinstance(value, int) and abs(value) <= _FARTHEST)

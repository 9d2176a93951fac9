"""What the app proposes where a file is to be named: a folder that is there, and a name that every system takes."""

import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths

from ipuwhatif.files import is_folder

LONGEST = 48  # letters
_UNSAFE = re.compile(r'[<>"/\\|?*\x00-\x1f\x7f]+')
_COLON = re.compile(r"\s*:\s*")
_CLAUSE = re.compile(r"(?<=[,，])")
#: Names that Windows keeps for itself, whatever their ending.
_KEPT = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def proposed_name(title: str, otherwise: str) -> str:
    """A title as the name of a file, without an ending: short, by whole clauses; `otherwise` where nothing is left."""
    name = ""
    for clause in _CLAUSE.split(_safe(title)):
        if name and len(name) + len(clause.rstrip(",， ")) > LONGEST:
            break
        name += clause
    name = name[:LONGEST].strip(" .,，-")
    return otherwise if not name or _KEPT.match(name) else name


def usual_folder(*wanted: Path | str) -> Path:
    """The first of these folders that is there; the documents of the user where none is, or none was used yet."""
    for folder in wanted:
        if str(folder) not in ("", ".") and is_folder(Path(folder)):
            return Path(folder)
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))


def folder_near(open_file: Path | None, recent: Sequence[Path]) -> Path:
    """Where the user keeps documents: beside the open one, the one before it, or in the documents of the system."""
    near = [open_file] if open_file is not None else list(recent[:1])
    return usual_folder(*(path.parent for path in near))


def _safe(text: str) -> str:
    return " ".join(_UNSAFE.sub(" ", _COLON.sub(" - ", text)).split())

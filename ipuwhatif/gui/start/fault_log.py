"""The log of this user that faults are appended to."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass


def write_log(text: str) -> Path | None:
    """Append a fault to the log of this user; `None` when it cannot be written."""
    from datetime import datetime

    from PySide6.QtCore import QStandardPaths

    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "faults.log"
        with path.open("a", encoding="utf-8", errors="backslashreplace") as log:  # a file's name may be no text
            log.write(f"{datetime.now().isoformat(timespec='seconds')}\n{text}\n")
    except OSError:
        return None
    return path

"""Qt in a process of its own, in a country that no computer knows."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STARTING = """
from PySide6.QtCore import QTimeZone, qWarning
{start}
QTimeZone.systemTimeZone()
qWarning("of something that matters")
"""


def said(start: str) -> list[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C", "TZ": "Nowhere/Land"}
    code = STARTING.format(start=start)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return done.stderr.splitlines()


def test_that_qt_says_nothing_of_locale_and_time_zone_and_everything_else() -> None:
    assert said("from ipuwhatif.gui.start.app import make_application; kept = make_application()") == [
        "of something that matters"
    ]
    assert said("from ipuwhatif.export.png import ensure_application; ensure_application()") == [
        "of something that matters"
    ]

"""How long a start takes and how much memory it holds: the app, and bare windows beside it, run in turns.

Every start is a process of its own that ends at the moment that is asked for and prints when that was.
"""

import os
import statistics
import subprocess
import sys
import time

from ipuwhatif.records import Record

HEAVY = ("pandas", "scipy", "pptx", "xlsxwriter")
"""What no start may load."""

_MOMENT = f"""
import os, sys, time
def moment(*_):
    now = time.monotonic()
    pages = int(open("/proc/self/statm").read().split()[1])
    heavy = [name for name in {HEAVY!r} if name in sys.modules]
    print(now, pages * os.sysconf("SC_PAGE_SIZE") / 1e6, *heavy, flush=True)
    os._exit(0)
"""
_BARE = f"""{_MOMENT}
from PySide6.QtWidgets import QApplication, QMainWindow
application, window = QApplication([]), QMainWindow()
"""
_APP = f"""{_MOMENT}
from ipuwhatif.gui.start import app
from ipuwhatif.cli import main
"""
#: Painted: after the first event loop that has nothing left to do. The chart: after its first paint with something in.
STARTS = {
    "bare Qt window": f"""{_BARE}
window.show(); application.processEvents(); moment()
""",
    "bare pyqtgraph window": f"""{_BARE}
import pyqtgraph
plot = pyqtgraph.PlotWidget(); plot.plot([1, 2]); window.setCentralWidget(plot)
window.show(); application.processEvents(); moment()
""",
    "first paint": f"""{_APP}
splash = app.show_splash
app.show_splash = lambda: moment(splash())
main(["--smoke"])
""",
    "window painted": f"""{_APP}
from PySide6.QtCore import QTimer
from ipuwhatif.gui.window import MainWindow
painted = []
MainWindow.paintEvent = lambda window, event: painted.append(event)
MainWindow.load = lambda window: moment() if painted else QTimer.singleShot(0, window.load)
main(["--smoke"])
""",
    "first comparison": f"""{_APP}
from PySide6.QtCore import QTimer
from ipuwhatif.gui.window import MainWindow
load = MainWindow.load
def load_and_watch(window):
    from pyqtgraph import GraphicsView
    paint = GraphicsView.paintEvent
    def paint_and_tell(view, event):
        paint(view, event)
        if window.canvas is not None and window.canvas.spec is not None:
            QTimer.singleShot(0, moment)
    GraphicsView.paintEvent = paint_and_tell
    load(window)
MainWindow.load = load_and_watch
app._smoke = lambda application, window: application.exec()
main(["--smoke"])
""",
}


class Start(Record, frozen=True):
    """One kind of start: milliseconds from exec, resident memory [MB], and what it loaded of HEAVY."""

    ms: float
    megabytes: float
    heavy: tuple[str, ...]


def measured(runs: int) -> dict[str, Start]:
    """The medians of each of STARTS over some turns, after one that does not count."""
    turns = [{name: _start(code) for name, code in STARTS.items()} for _ in range(runs + 1)][1:]
    return {
        name: Start(
            statistics.median(turn[name].ms for turn in turns),
            statistics.median(turn[name].megabytes for turn in turns),
            turns[0][name].heavy,
        )
        for name in STARTS
    }


def _start(code: str) -> Start:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a second start is measured: the first one compiles
    before = time.monotonic()
    done = subprocess.run([sys.executable, "-c", code], check=True, env=environment, capture_output=True, text=True)
    now, megabytes, *heavy = done.stdout.split()
    return Start((float(now) - before) * 1e3, float(megabytes), tuple(heavy))

"""Reading that may take long: beside the window, with a notice that turns up after a while and can be cancelled."""

from collections.abc import Callable
from concurrent.futures import Future, wait
from threading import Thread
from typing import TypeVar

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QProgressDialog, QWidget

from ipuwhatif.texts import tr

Read = TypeVar("Read")
AT_ONCE_S = 0.3  # for what is read in less nothing turns up
LOOK_MS = 50


def read_beside(parent: QWidget | None, name: str, work: Callable[[], Read]) -> Read | None:
    """What the work returns; None where the user would rather not wait: it then ends unheard. What it raises is raised.

    name: of what is read, as people call it.
    """
    future: Future[Read] = Future()
    Thread(target=_run, args=(future, work), daemon=True).start()
    wait([future], timeout=AT_ONCE_S)
    return future.result() if future.done() or _waited(parent, name, future) else None


def _run(future: "Future[Read]", work: Callable[[], Read]) -> None:
    try:
        future.set_result(work())
    except BaseException as error:  # it is raised where the result is asked for
        future.set_exception(error)


def _waited(parent: QWidget | None, name: str, future: "Future[Read]") -> bool:
    """Whether it was waited for to the end, under a notice that says what is read."""
    notice = QProgressDialog(tr("Reading {name} …", name=name), tr("Cancel"), 0, 0, parent)
    notice.setWindowModality(Qt.WindowModality.WindowModal)
    notice.setMinimumDuration(0)
    loop, look = QEventLoop(), QTimer(notice)
    look.setInterval(LOOK_MS)
    look.timeout.connect(lambda: loop.quit() if future.done() else None)
    notice.canceled.connect(loop.quit)
    look.start()
    notice.show()
    loop.exec()
    look.stop()
    notice.hide()
    notice.deleteLater()
    return future.done()

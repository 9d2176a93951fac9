"""Works things out beside the painting: generators in one thread, the newest of each kind until it is stopped."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from PySide6.QtCore import QObject, Signal

from ipuwhatif.texts import tr
from ipuwhatif.units import InputError

#: What is done, of all, and what is there so far, or nothing yet.
Steps = Iterator[tuple[int, int, object]]


class Beside(QObject):
    """Signals: `came` with the kind, what is done, of all, and what there is; `ended` with the kind.

    `failed` has the kind and the reason. Nothing of what was stopped or asked anew is told any more.
    """

    came = Signal(str, int, int, object)
    ended = Signal(str)
    failed = Signal(str, str)
    _told = Signal(str, int, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._worker = ThreadPoolExecutor(1, "explore")
        self._numbers: dict[str, int] = {}  # of what is worked out, by its kind
        self._told.connect(self._pass)

    def start(self, kind: str, steps: Steps) -> None:
        """Work something out in the place of the last of its kind."""
        self.stop(kind)
        self._worker.submit(self._work, kind, self._numbers[kind], steps)

    def stop(self, *kinds: str) -> None:
        """Leave what is worked out as far as it is."""
        for kind in kinds:
            self._numbers[kind] = self._numbers.get(kind, 0) + 1

    def close(self) -> None:
        """The window closes: nothing more is told."""
        self.stop(*self._numbers)
        self._worker.shutdown(wait=True, cancel_futures=True)

    def _work(self, kind: str, number: int, steps: Steps) -> None:
        try:
            for step in steps:
                if number != self._numbers[kind]:
                    return
                self._told.emit(kind, number, step)
            self._told.emit(kind, number, None)
        except Exception as fault:  # of a thread, where nobody would see it
            self._told.emit(kind, number, fault)

    def _pass(self, kind: str, number: int, told: object) -> None:
        if number != self._numbers[kind]:
            return
        if isinstance(told, InputError):
            self.failed.emit(kind, str(told))
        elif isinstance(told, Exception):
            self.failed.emit(kind, tr("Something went wrong."))
            raise told  # shown and logged as any fault of a slot
        elif told is None:
            self.ended.emit(kind)
        elif isinstance(told, tuple):
            self.came.emit(kind, *told)

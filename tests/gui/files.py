"""What tests of files share: somebody who answers as a test says, and windows that keep files in a folder."""

from collections.abc import Callable
from pathlib import Path

from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.gui.asking import Answer
from ipuwhatif.scenario.edits import set_lever, set_release
from ipuwhatif.scenario.levers import load_levers
from ipuwhatif.scenario.scenario import FIRST_START, Scenario

CATALOG, LEVERS = load_catalog(), load_levers()


class Scripted:
    """Answers questions in the order that a test has written down; a question that it did not expect is a fault."""

    def __init__(self, *answers: object) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []
        self.told: list[str] = []

    def path_to_open(self, folder: Path) -> Path | None:
        return self._next("open", folder)

    def path_to_save(self, suggested: Path) -> Path | None:
        return self._next("save", suggested)

    def leave(self, name: str, typed: str) -> Answer:
        return self._next("leave", name, typed)

    def replace(self, text: str) -> bool:
        return self._next("replace", text)

    def restore(self, name: str, written: str) -> Answer:
        return self._next("restore", name, written)

    def tell(self, text: str) -> None:
        self.told.append(text)

    def _next(self, *question: object) -> object:
        self.asked.append(" ".join(str(part) for part in question).strip())
        assert self.answers, f"nobody expected to be asked: {question}"
        return self.answers.pop(0)


def compute_gain(value: float) -> Callable[[Scenario], object]:
    return lambda scenario: set_lever(scenario, "ipu", LEVERS["compute_gain"], value, CATALOG)


def release(key: str) -> Callable[[Scenario], object]:
    return lambda scenario: set_release(scenario, key)


MOVED = FIRST_START.with_lever("ipu.compute_gain", 1.3)

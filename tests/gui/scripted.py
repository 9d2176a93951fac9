"""What tests of files share: somebody who answers as a test says, and windows that keep files in a folder."""

from collections.abc import Callable
from pathlib import Path

from ipuwhatif.analysis.kept_answers import with_answers
from ipuwhatif.analysis.world import load_world
from ipuwhatif.gui.files.file_dialogs import Decision
from ipuwhatif.scenario.edits import set_lever, set_release
from ipuwhatif.scenario.files.file_format import document_bytes
from ipuwhatif.scenario.scenario import FIRST_START, Scenario
from tests.scenario.contents import alone

WORLD = load_world()
CATALOG, LEVERS = WORLD.catalog, WORLD.levers


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

    def leave(self, name: str, typed: str) -> Decision:
        return self._next("leave", name, typed)

    def replace(self, text: str) -> bool:
        return self._next("replace", text)

    def restore(self, name: str, written: str) -> Decision:
        return self._next("restore", name, written)

    def tell(self, text: str) -> None:
        self.told.append(text)

    def _next(self, *question: object) -> object:
        self.asked.append(" ".join(str(part) for part in question).strip())
        assert self.answers, f"nobody expected to be asked: {question}"
        return self.answers.pop(0)


def saved_bytes(scenario: Scenario) -> bytes:
    """What a file holds that was saved here: the scenario, and the answers to it."""
    return document_bytes(with_answers(WORLD, alone(scenario)))


def compute_gain(value: float) -> Callable[[Scenario], object]:
    return lambda scenario: set_lever(scenario, "ipu", LEVERS["compute_gain"], value, CATALOG)


def release(key: str) -> Callable[[Scenario], object]:
    return lambda scenario: set_release(scenario, key)


MOVED = FIRST_START.with_lever("ipu.compute_gain", 1.3)

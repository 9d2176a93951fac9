"""A store of the test's own, and answers in the place of dialogs."""

from pathlib import Path

import pytest

from ipuwhatif.analysis import world
from ipuwhatif.gui.mine.asking import MineAsking
from ipuwhatif.importers import mine, profiles
from ipuwhatif.importers.store import FOLDER_VARIABLE


@pytest.fixture(autouse=True)
def own_store(monkeypatch, tmp_path):
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "mine"))
    monkeypatch.setattr(mine, "guest_texts", {})
    monkeypatch.setattr(profiles, "guest_texts", {})
    yield
    world.forget_world()


class Scripted(MineAsking):
    """Answers as it is told to, and remembers what was asked and told."""

    def __init__(self, path: Path | None = None, agrees: bool = True) -> None:
        self.path, self.agrees = path, agrees
        self.told: list[str] = []

    def path_to_import(self) -> Path | None:
        return self.path

    def path_to_export(self, name: str) -> Path | None:
        return self.path

    def agree(self, text: str) -> bool:
        self.told.append(text)
        return self.agrees

    let_go = agree

    def tell(self, text: str) -> None:
        self.told.append(text)

"""Names and folders that are proposed where a file is to be named."""

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths

from ipuwhatif.gui.files.proposed_name import LONGEST, proposed_name, usual_folder


@pytest.mark.parametrize(
    ("title", "name"),
    [
        (
            "ResNet-50, closed division: time to train, software as of 2021-12",
            "ResNet-50, closed division - time to train",
        ),
        ("ResNet-50，封闭赛区：训练时间", "ResNet-50，封闭赛区：训练时间"),
        ('a/b\\c:d*e?"f"<g>|h', "a b c - d e f g h"),
        ("..\\..\\etc", "etc"),
        ("line\nbreak\t", "line break"),
        ("con", "chart"),
        ("  ", "chart"),
        ("plan.", "plan"),
    ],
)
def test_that_a_title_becomes_a_name_that_every_system_takes(title: str, name: str) -> None:
    assert proposed_name(title, "chart") == name


@pytest.mark.parametrize("title", ["x" * 500, "word " * 100, "一，" * 100])
def test_that_a_long_title_gives_a_short_name(title: str) -> None:
    assert 0 < len(proposed_name(title, "chart")) <= LONGEST


def test_that_the_first_folder_is_that_of_documents_until_another_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents, gone = tmp_path / "Documents", tmp_path / "gone"
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(documents))
    assert usual_folder("") == usual_folder(gone) == documents
    assert usual_folder(gone, tmp_path) == tmp_path

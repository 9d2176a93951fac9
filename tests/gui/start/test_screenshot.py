from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from ipuwhatif.charts.palette import THEMES
from ipuwhatif.gui.answering.question import QUESTIONS
from ipuwhatif.gui.answering.view_options import VIEWS
from ipuwhatif.gui.start.screenshot import take_screenshots
from ipuwhatif.gui.theme import LIGHT, apply_theme


def test_that_every_view_is_pictured_in_every_theme(tmp_path: Path, qapp: QApplication) -> None:
    paths = take_screenshots(tmp_path / "shots", qapp)
    apply_theme(qapp, LIGHT)
    views = [view for question in QUESTIONS for view in VIEWS.get(question, (question,))]
    assert len(views) == 22
    assert sorted(path.name for path in paths) == sorted(
        f"window-{view}-{theme}.png" for view in views for theme in THEMES
    )
    sizes = {(QImage(str(path)).width(), QImage(str(path)).height()) for path in paths}
    assert sizes == {(1366, 768)}
    assert len({path.read_bytes() for path in paths}) == len(paths), "no two show the same"

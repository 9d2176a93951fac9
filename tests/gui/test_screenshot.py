from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from ipuwhatif.gui.screenshot import take_screenshots
from ipuwhatif.gui.theme import LIGHT, apply_theme


def test_that_every_chart_is_pictured_in_both_themes(tmp_path: Path, qapp: QApplication) -> None:
    paths = take_screenshots(tmp_path / "shots", qapp)
    apply_theme(qapp, LIGHT)
    assert sorted(path.name for path in paths) == [
        f"window-{question}-{theme}.png"
        for question in ("breakdown", "compare", "scaling", "sensitivity")
        for theme in ("dark", "light")
    ]
    sizes = {(QImage(str(path)).width(), QImage(str(path)).height()) for path in paths}
    assert sizes == {(1366, 768)}
    assert len({path.read_bytes() for path in paths}) == 8

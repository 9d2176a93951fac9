from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from ipuwhatif.gui.screenshot import take_screenshots
from ipuwhatif.gui.theme import LIGHT, apply_theme


def test_that_both_charts_are_pictured_in_both_themes(tmp_path: Path, qapp: QApplication) -> None:
    paths = take_screenshots(tmp_path / "shots", qapp)
    apply_theme(qapp, LIGHT)
    assert sorted(path.name for path in paths) == [
        "window-compare-dark.png",
        "window-compare-light.png",
        "window-scaling-dark.png",
        "window-scaling-light.png",
    ]
    sizes = {(QImage(str(path)).width(), QImage(str(path)).height()) for path in paths}
    assert sizes == {(1366, 768)}
    assert len({path.read_bytes() for path in paths}) == 4

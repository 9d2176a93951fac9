"""How long a configuration that is dropped on the window takes to be a painted chart: the whole window, offscreen."""

import json
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEvent, QMimeData, QObject, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from ipuwhatif.gui.files.documents import Documents
from ipuwhatif.gui.start.app import make_application
from ipuwhatif.gui.window import MainWindow

LONGEST_S = 10.0
SIZES = {
    "model_type": "llama", "hidden_size": 4096, "intermediate_size": 14336, "num_attention_heads": 32,
    "num_key_value_heads": 8, "vocab_size": 128256, "max_position_embeddings": 8192,
}  # fmt: skip


class _Paints(QObject):
    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def drops(count: int) -> list[float]:
    """Milliseconds from each of so many drops to its painted chart, on the systems of the first start.

    Each is a network of another depth, of which nothing is remembered; the first brings in the readers and counts too.
    """
    application = make_application()
    with TemporaryDirectory() as folder:
        window = MainWindow(folder=Path(folder) / "data")
        window.show()
        window.load()
        window.load_side()
        _settle(application)
        assert window.canvas is not None and isinstance(window.documents, Documents)
        paints = _Paints()
        window.canvas.viewport().installEventFilter(paints)
        times = [_drop(application, window, paints, _config(Path(folder), layers)) for layers in range(20, 20 + count)]
        window.documents.close()
        window.close()
        window.deleteLater()
        _settle(application)
    return times


def _config(folder: Path, layers: int) -> Path:
    path = folder / "config.json"
    path.write_text(json.dumps({**SIZES, "num_hidden_layers": layers}), encoding="utf-8")
    return path


def _drop(application: QApplication, window: MainWindow, paints: _Paints, path: Path) -> float:
    data, answers, before = QMimeData(), [], paints.count
    data.setUrls([QUrl.fromLocalFile(str(path))])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.answered.connect(lambda: answers.append(True), Qt.ConnectionType.SingleShotConnection)
    start = time.perf_counter()
    window.dropEvent(QDropEvent(QPointF(500, 300), Qt.DropAction.CopyAction, data, left, none))
    while not answers or paints.count == before:
        application.processEvents()
        assert time.perf_counter() - start < LONGEST_S, "the chart was not painted"
    taken = (time.perf_counter() - start) * 1e3
    _settle(application)
    return taken


def _settle(application: QApplication) -> None:
    for _ in range(5):
        application.processEvents()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)

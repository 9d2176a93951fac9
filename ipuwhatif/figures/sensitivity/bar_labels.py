"""What stands at the ends of the bars of the tornado, and the axis that has room for it."""

from collections.abc import Sequence

from ipuwhatif.analysis.uncertainty.swings import Swing
from ipuwhatif.charts.labels import text_width
from ipuwhatif.charts.palette import LABEL_SIZE, NEUTRAL
from ipuwhatif.charts.spec import (
    Label,
)
from ipuwhatif.figures.sensitivity.drag_ranges import change
from ipuwhatif.figures.sensitivity.sensitivity_words import settings
from ipuwhatif.records import replace
from ipuwhatif.texts import tr

_GAP = 8.0  # beside a bar, in logical pixels
_BARS = 0.5  # least of the plot's width that the bars take


def placed_labels(
    swings: Sequence[Swing], center_s: float, width: float, reached: Sequence[float] = ()
) -> tuple[tuple[Label, ...], tuple[float, float]]:
    """The labels at the ends of the bars, and the ends of an axis of this width that has room for both.

    Labels widen the axis, which shortens the bars. Where bars would get less than their part of it, the labels get
    shorter; the table has every setting whole. reached: changes that something else on the chart reaches.
    """
    changes = [*reached, *(change(seconds, center_s) for each in swings for seconds in (each.low_s, each.high_s))]
    low, high = min(0.0, *changes), max(0.0, *changes)
    scale = (high - low) / (_BARS * width)  # percent a pixel where bars have no more than their part
    spare = (1.0 - _BARS) * width
    for brief in (False, True):
        labels = [label for row, each in enumerate(swings) for label in _labels(row, each, center_s, brief)]
        rooms = [_room(label.text) for label in labels]
        inside = [(label.x - low if label.anchor == "right" else high - label.x) / scale for label in labels]
        left, right = (
            max((room - free for label, room, free in zip(labels, rooms, inside, strict=True) if label.anchor == side))
            for side in ("right", "left")
        )
        if max(left, 0.0) + max(right, 0.0) <= spare:
            break
    else:
        left = min(left, max(spare - right, spare / 2.0))
        shares = {"right": left, "left": spare - left}
        cut = [
            replace(label, text=_cut(label.text, shares[label.anchor] + free - 2.0 * _GAP))
            for label, free in zip(labels, inside, strict=True)
        ]
        labels = [label for label in cut if label.text]
    return tuple(labels), _ends(labels, (low, high), width)


def _ends(labels: Sequence[Label], ends: tuple[float, float], width: float) -> tuple[float, float]:
    """The narrowest axis that holds the bars, which end at `ends`, and all labels: each pair asks for a scale."""
    left = [(ends[0], 0.0), *((label.x, _room(label.text)) for label in labels if label.anchor == "right")]
    right = [(ends[1], 0.0), *((label.x, _room(label.text)) for label in labels if label.anchor == "left")]
    scale = max(
        (high - low) / (width - before - after)
        for low, before in left
        for high, after in right
        if before + after < width
    )
    return min(low - before * scale for low, before in left), max(high + after * scale for high, after in right)


def _cut(text: str, width: float) -> str:
    """As many whole words as fit, so that no number loses a digit; nothing where not one does."""
    words = text.split()
    kept = next((n for n in range(len(words), 0, -1) if text_width(_joined(words, n), LABEL_SIZE) <= width), 0)
    return _joined(words, kept) if kept else ""


def _joined(words: Sequence[str], count: int) -> str:
    return " ".join(words[:count]) + ("…" if count < len(words) else "")


def _room(text: str) -> float:
    return text_width(text, LABEL_SIZE) + 2 * _GAP if text else _GAP


def _end_texts(swing: Swing) -> tuple[str, str]:
    """What stands left and right of a bar: the setting that leads there; both on one side where both lead there."""
    low, high = settings(swing)
    return (low, high) if swing.low_s <= swing.high_s else (high, low)


def _labels(row: int, swing: Swing, center_s: float, brief: bool = False) -> list[Label]:
    """At both ends of a bar; `brief` without the change that a setting on the other side of its bar leads to."""
    low, high = sorted((change(swing.low_s, center_s), change(swing.high_s, center_s)))
    before, after = _end_texts(swing)
    if low >= 0.0 or high <= 0.0:  # both settings on one side: the nearer one is named on the other side of the centre
        near, far = (low, high) if low >= 0.0 else (high, low)
        texts = (before, after) if low >= 0.0 else (after, before)
        side, other = ("left", "right") if low >= 0.0 else ("right", "left")
        gap = _GAP if low >= 0.0 else -_GAP
        unsaid = brief or (swing.refused and near == 0.0)  # where the job does not fit it has no time to change
        return [
            Label(far, float(row), texts[1], NEUTRAL, side, gap),
            Label(0.0, float(row), texts[0] if unsaid else _sided(texts[0], near), NEUTRAL, other, -gap),
        ]
    return [
        Label(low, float(row), before, NEUTRAL, "right", -_GAP),
        Label(high, float(row), after, NEUTRAL, "left", _GAP),
    ]


def _sided(text: str, change: float) -> str:
    return tr("{setting}: {change} %", setting=text, change=f"{change:+.2g}".replace("-", "−"))

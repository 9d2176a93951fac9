"""Places for texts: how wide a text is at most, and where labels go so that none overlaps or is cut off.

Widths are estimated without a font, on the safe side of Noto Sans and DejaVu Sans, so that places can be decided
where no screen is.
"""

import math
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from ipuwhatif.charts.palette import LEGEND_SIZE, TICK_SIZE
from ipuwhatif.charts.spec import ChartSpec, LegendEntry
from ipuwhatif.records import Record
from ipuwhatif.texts import run_on

#: Length of a legend's sample, and of the gaps after it and after its text, in logical pixels.
LEGEND_SAMPLE, LEGEND_GAP, LEGEND_SPACE, LEGEND_LINE = 26.0, 8.0, 28.0, 20.0
PAGE_SPACE = 16.0  # after a text of a legend on the page of the window, where every line is the chart's
#: From one line of a legend entry to the next, in logical pixels.
LEGEND_STEP = 16.0
#: Page margin of a chart: nothing is drawn nearer to its edge.
EDGE = 12.0


class _Shares(dict[str, float]):
    """Advance of characters in parts of the font size; those that are not listed go by their kind."""

    def __missing__(self, character: str) -> float:
        self[character] = 1.05 if unicodedata.east_asian_width(character) in "WF" else 1.0
        return self[character]


#: The wider of both fonts.
_SHARES = _Shares(
    (letter, share)
    for share, letters in (
        (0.30, "ijl'"),
        (0.36, " .,:;·I"),
        (0.43, "()[]-rft!/"),
        (0.56, "cszLJ"),
        (0.65, "0123456789abdeghknopquvxyEFSPTY–?"),
        (0.71, "ABCKRVXZ"),
        (0.80, "DGHNOQU&"),
    )
    for letter in letters
)
_BOLDER = 1.14
#: Signs that stay on the line of their number.
_BOUND = ("%", "×", "min")
_OPENING, _CLOSING = "（《“‘【([", "，。；：、！？）》”’】,.;:!?)]%®"


class Box(Record, frozen=True):
    """A rectangle in logical pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def nearest(self, x: float, y: float) -> tuple[float, float]:
        """The point of the rectangle that is nearest to another."""
        return min(max(x, self.left), self.right), min(max(y, self.top), self.bottom)


def centred(x: float, y: float, width: float, height: float) -> Box:
    """The box around a middle."""
    return Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, bold: bool = False) -> float:
    """Upper estimate of a text's width in logical pixels at a font size in logical pixels."""
    return sum(map(_SHARES.__getitem__, text)) * size * (_BOLDER if bold else 1.0)


def text_height(size: float) -> float:
    """Height of a line of text in logical pixels."""
    return 1.4 * size


def fit(text: str, size: float, width: float, bold: bool = False) -> str:
    """The text, cut with an ellipsis where it is wider than `width`."""
    if text_width(text, size, bold) <= width:
        return text
    text = text[: int(width / (min(_SHARES.values()) * size)) + 1]  # more letters than that fit nowhere
    while text and text_width(text + "…", size, bold) > width:
        text = text[:-1]
    return text.rstrip() + "…"


@lru_cache(maxsize=1024)
def wrap(text: str, size: float, width: float) -> tuple[str, ...]:
    """The text in lines of at most `width`; a word longer than a line is cut."""
    words: list[str] = []
    for word in text.split():
        if words and word.rstrip(".,;，。；") in _BOUND:
            words[-1] += f" {word}"
        else:
            words.append(word)
    lines: list[str] = []
    for word in words:
        for place, piece in enumerate(_pieces(word)):
            joined = f"{lines[-1]}{'' if place else ' '}{piece}" if lines else piece
            if lines and text_width(joined, size) <= width:
                lines[-1] = joined
            else:
                lines.append(fit(piece, size, width))
    return tuple(lines)


def _pieces(word: str) -> list[str]:
    """What a line may end between: Chinese has no blanks, so a line ends after any of its characters.

    A closing sign stays with what it closes, an opening one with what it opens.
    """
    if word.isascii():
        return [word]
    pieces: list[str] = []
    for letter in word:
        wide = _is_wide(letter)
        ends = pieces and (wide or _is_wide(pieces[-1][-1])) and letter not in _CLOSING
        if not pieces or (ends and pieces[-1][-1] not in _OPENING):
            pieces.append(letter)
        else:
            pieces[-1] += letter
    return pieces


def _is_wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF"


def wrap_clauses(clauses: Sequence[str], size: float, width: float) -> tuple[str, ...]:
    """Clauses in lines of at most `width`, broken between clauses where that takes no more lines."""
    lines: list[str] = []
    for clause in clauses:
        joined = run_on((*lines[-1:], clause))
        if lines and text_width(joined, size) <= width:
            lines[-1] = joined
        else:
            lines += wrap(clause, size, width)
    whole = wrap(run_on(clauses), size, width)
    return tuple(lines) if len(lines) <= len(whole) else whole


def separate(wanted: Sequence[float], height: float, top: float, bottom: float) -> tuple[float, ...]:
    """Middles of stacked labels, each as near to its wanted place as its neighbours and the bounds allow.

    Labels keep the order of their wanted places and at least `height` from middle to middle, unless the bounds are too
    close for all of them; then they share the room evenly.
    """
    if not wanted:
        return ()
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    low, high = top + height / 2, bottom - height / 2
    step = min(height, (high - low) / max(1, len(wanted) - 1))
    places: list[float] = []
    for rank, index in enumerate(order):
        floor = places[-1] + step if rank else low
        places.append(max(wanted[index], floor))
    ceiling = high
    for rank in range(len(places) - 1, -1, -1):
        places[rank] = min(places[rank], ceiling)
        ceiling = places[rank] - step
    result = [0.0] * len(wanted)
    for rank, index in enumerate(order):
        result[index] = places[rank]
    return tuple(result)


def free_place(candidates: Iterable[Box], taken: Sequence[Box], bounds: Box) -> Box | None:
    """The first candidate inside the bounds that overlaps nothing taken."""
    inside = [box for box in candidates if bounds.holds(box.left, box.top) and bounds.holds(box.right, box.bottom)]
    if not inside:
        return None
    # Most of what is taken lies far from all candidates; that is found out once.
    left, top = min(box.left for box in inside), min(box.top for box in inside)
    right, bottom = max(box.right for box in inside), max(box.bottom for box in inside)
    near = [box for box in taken if box.left < right and left < box.right and box.top < bottom and top < box.bottom]
    return next((box for box in inside if not any(box.overlaps(other) for other in near)), None)


Rows = tuple[tuple[tuple[float, LegendEntry], ...], ...]


def legend_rows(
    legend: Sequence[LegendEntry],
    width: float,
    margin: float,
    first_end: float = math.inf,
    space: float = LEGEND_SPACE,
) -> Rows:
    """The legend in rows that fit a chart of this width: (left edge of the sample, entry) each.

    Rows start below the plot, at `margin`, or at the edge of the page where an entry needs the room. The first ends
    before `first_end`, unless a single entry goes beyond it.
    """
    sizes = [
        LEGEND_SAMPLE + LEGEND_GAP + max(text_width(line, LEGEND_SIZE) for line in entry.text.split("\n"))
        for entry in legend
    ]
    start = margin if all(margin + size <= width - EDGE for size in sizes) else EDGE
    rows: list[list[tuple[float, LegendEntry]]] = [[]]
    left = start
    for entry, size in zip(legend, sizes, strict=True):
        end = width - EDGE if len(rows) > 1 else min(width - EDGE, first_end)
        if rows[-1] and left + size > end:
            rows.append([])
            left = start
        rows[-1].append((left, entry))
        left += size + space
    return tuple(tuple(row) for row in rows if row)


def legend_height(legend: Sequence[LegendEntry], width: float, margin: float) -> float:
    """Height of a legend in a chart of this width, in logical pixels."""
    return rows_height(legend_rows(legend, width, margin))


def rows_height(rows: Rows) -> float:
    """Height of the rows of a legend, in logical pixels."""
    return sum(_row_height(row) for row in rows)


def _row_height(row: Sequence[tuple[float, LegendEntry]]) -> float:
    return LEGEND_LINE + LEGEND_STEP * max(entry.text.count("\n") for _, entry in row)


def page_legend(chart: ChartSpec) -> tuple[Rows, bool]:
    """The legend of a chart on the page of the window, from its left edge on, and whether its first row stands on the
    line of the x axis' title, left of it: it does where it takes no more rows for that.
    """
    rows = legend_rows(chart.legend, chart.width, EDGE, space=PAGE_SPACE)
    end = chart.width - chart.margin_right - text_width(chart.x_axis.title, TICK_SIZE) - LEGEND_SPACE / 2
    beside = legend_rows(chart.legend, chart.width, EDGE, end, PAGE_SPACE)
    left, entry = beside[0][-1] if beside else (0.0, LegendEntry("", ""))
    reach = left + LEGEND_SAMPLE + LEGEND_GAP + text_width(entry.text, LEGEND_SIZE)
    fits = bool(chart.x_axis.title) and len(beside) == len(rows) and reach <= end
    return (beside, True) if fits else (rows, False)


def legend_foot(chart: ChartSpec) -> float:
    """Room under a legend: the page's margin, unless the page around the chart goes on there."""
    return EDGE if chart.titled else EDGE / 3


def legend_places(chart: ChartSpec) -> tuple[tuple[float, float, LegendEntry], ...]:
    """Left edge of the sample and middle of the first line of every legend entry, the last at the chart's bottom."""
    rows = legend_rows(chart.legend, chart.width, chart.margin_left) if chart.titled else page_legend(chart)[0]
    top = chart.height - legend_foot(chart) - rows_height(rows)
    places = []
    for row in rows:
        places += [(left, top + LEGEND_LINE / 2, entry) for left, entry in row]
        top += _row_height(row)
    return tuple(places)

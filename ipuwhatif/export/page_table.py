"""A table on paper: columns as wide as what is in them; where a page has no room for that, cells of several lines."""

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, zip_longest

from ipuwhatif.charts.spec import TableSpec
from ipuwhatif.figures.aligned import column_texts
from ipuwhatif.texts import one_line

Measure = Callable[[str], float]
Cells = list[tuple[float, bool, str]]  # left or right end, whether that is the right one, and the text

_GAP, _LEAST_GAP = 18.0, 10.0  # between two columns, in logical pixels; where there is little room
_LONGEST_WORD = 110.0  # a longer one breaks where the room is needed
_HALVINGS = 30


def fits(table: TableSpec, width: float, measure: Measure) -> bool:
    """Whether a page of this width has room for every cell on one line."""
    natural = [max(map(measure, texts)) for texts in _texts(table)]
    return sum(natural) + _GAP * (len(natural) - 1) <= width


def table_rows(
    table: TableSpec, width: float, measure: Measure, broken: Callable[[str, float], list[str]]
) -> Iterator[list[Cells]]:
    """The head and then each row, as the lines that its cells take on a page of this width.

    measure: the width of a text. broken: a text in lines of at most a width. All are in logical pixels.
    """
    columns = _texts(table)
    widths, gap = [max(map(measure, texts)) for texts in columns], _GAP
    if not fits(table, width, measure):
        gap = _LEAST_GAP
        whole = [column.align == "decimal" and not column.mixed for column in table.columns]
        widths = _narrowed(columns, whole, width - gap * (len(columns) - 1), measure)
    starts = list(accumulate((each + gap for each in widths), initial=0.0))
    for row in zip(*columns, strict=True):
        cells = [broken(text, room) for text, room in zip(row, widths, strict=True)]
        yield [
            [
                (start + room, True, text) if column.align == "decimal" else (start, False, text)
                for text, start, room, column in zip(texts, starts, widths, table.columns, strict=False)
                if text
            ]
            for texts in zip_longest(*cells, fillvalue="")
        ]


def _texts(table: TableSpec) -> list[list[str]]:
    """Every column as its title and its cells."""
    return [
        [one_line(column.title), *map(one_line, column_texts(table, place))]
        for place, column in enumerate(table.columns)
    ]


def _narrowed(columns: Sequence[Sequence[str]], whole: Sequence[bool], room: float, measure: Measure) -> list[float]:
    """Widths that fit: titles break between words, columns of `whole` numbers never, the widest of the others first."""
    titles = [_longest_word(texts[:1], measure) for texts in columns]
    widths = [max([each, *map(measure, texts[1:])]) for each, texts in zip(titles, columns, strict=True)]
    least = [
        width if kept else min(width, _LONGEST_WORD, _longest_word(texts, measure))
        for width, kept, texts in zip(widths, whole, columns, strict=True)
    ]
    if sum(least) > room:  # words break as well
        share = max(room - sum(width for width, kept in zip(widths, whole, strict=True) if kept), 0.0)
        most = share / max(len(whole) - sum(whole), 1)
        return [width if kept else min(width, most) for width, kept in zip(widths, whole, strict=True)]

    def capped(cap: float) -> list[float]:
        return [max(low, min(width, cap)) for low, width in zip(least, widths, strict=True)]

    low, high = 0.0, max(widths)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2.0
        low, high = (middle, high) if sum(capped(middle)) <= room else (low, middle)
    return capped(low)


def _longest_word(texts: Sequence[str], measure: Measure) -> float:
    return max((measure(word) for text in texts for word in text.split()), default=0.0)

"""The texts of a column so that its points line up: padded with spaces as wide as digits."""

from collections.abc import Sequence

from ipuwhatif.charts.spec import TableSpec

DASH = " – "
#: A space as wide as a digit, and one as wide as a full stop.
FIGURE_SPACE, POINT_SPACE = "\u2007", "\u2008"


def column_texts(table: TableSpec, index: int) -> tuple[str, ...]:
    """The texts of a column, padded with spaces as wide as digits so that, set flush right, their points line up.

    Intervals are aligned at their dash, without gaps in them. A column that is not "decimal" comes back as it is.
    """
    cells = [row[index] for row in table.rows]
    texts = tuple(cell.text for cell in cells)
    if table.columns[index].align != "decimal":
        return texts
    if not any(cell.ends for cell in cells):
        return decimal_aligned(texts)
    highs = [text.partition(DASH)[2] for text in texts]
    digits, points = (max(map(count, highs)) for count in (_digits, _points))
    return tuple(
        text + (POINT_SPACE * (points - _points(high)) + FIGURE_SPACE * (digits - _digits(high)) if high else "")
        for text, high in zip(texts, highs, strict=True)
    )


def decimal_aligned(texts: Sequence[str]) -> tuple[str, ...]:
    """Numbers padded on the right to the same count of decimals; what is no number stays as it is."""
    parts = [_decimals(text) for text in texts]
    longest = max((part for part in parts if part is not None), default=-1)
    padded = []
    for text, part in zip(texts, parts, strict=True):
        if part is not None and longest > 0:
            text += (POINT_SPACE if part < 0 else "") + FIGURE_SPACE * (longest - max(part, 0))
        padded.append(text)
    return tuple(padded)


def _points(text: str) -> int:
    return text.count(".") + text.count(",")


def _digits(text: str) -> int:
    return len(text) - _points(text)


def _decimals(text: str) -> int | None:
    """Digits after the point; -1 for a whole number, None for what is no number."""
    digits = text.replace(",", "")
    if not digits.replace(".", "", 1).isdigit():
        return None
    return len(digits.split(".")[1]) if "." in digits else -1

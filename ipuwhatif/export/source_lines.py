"""The sources that a figure rests on, each as one line."""

from collections.abc import Iterator

from ipuwhatif.catalog.datum import Origin
from ipuwhatif.charts.spec import Figure
from ipuwhatif.texts import tr


def origins(figure: Figure) -> tuple[Origin, ...]:
    """Every source that the figure rests on, in the order of appearance; two at one place are one source."""
    found: dict[tuple[str, str, str | None], Origin] = {}
    for origin in _origins(figure):
        found.setdefault((origin.producer, origin.title, origin.locator), origin)
    return tuple(found.values())


def origin_line(origin: Origin) -> str:
    """A source as one line; what is not known of it is left out: unknown stays unknown."""
    dates = (
        tr("published {date}", date=origin.published) if origin.published else "",
        tr("read {date}", date=origin.read) if origin.read else "",
    )
    told = tr(", ").join(date for date in dates if date)
    parts = (tr("{producer}: {title}", producer=origin.producer, title=origin.title), origin.locator or "", told)
    return tr("{parts}.", parts=tr("; ").join(part for part in parts if part))


def _origins(figure: Figure) -> Iterator[Origin]:
    for note in figure.footnotes:
        if note.origin is not None:
            yield note.origin
    for why in figure.why:
        for section in why.sections:
            for row in section.rows:
                if row.origin is not None:
                    yield row.origin

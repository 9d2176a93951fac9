"""What a speaker has at hand: where the numbers of a slide come from, and all that found no room on it."""

from collections.abc import Iterator, Sequence

from ipuwhatif.charts.spec import Figure, Why
from ipuwhatif.export.notes import table_lines
from ipuwhatif.export.source_lines import origin_line, origins
from ipuwhatif.texts import one_line, tr

#: Longest headline and line of notes, in characters: no name needs more, and a page of notes stays readable.
_LONGEST = 4_000


def notes_text(figure: Figure, version: str, whole_table: bool) -> str:
    """The notes of a figure's slide, a paragraph a line. `whole_table` is False where the slide shows a part of it."""
    lines = [figure.headline.text, figure.chart.title, figure.chart.subtitle, ""]
    lines += [tr("Note: {notice}", notice=notice) for notice in figure.notices]
    for why in headline_whys(figure):
        lines += ["", *_why_lines(why)]
    if not whole_table:
        lines += ["", tr("The whole table"), *table_lines(figure)]
    lines += ["", tr("Footnotes"), *(note.text for note in figure.footnotes)]
    sources = [origin_line(origin) for origin in origins(figure)] if not headline_whys(figure) else []
    lines += ["", tr("Sources"), *sources] if sources else []
    lines += ["", version]
    return "\n".join(_line(line) for line in lines)


def headline_whys(figure: Figure) -> tuple[Why, ...]:
    """The replies to "where does that number come from?" for each number of the headline."""
    keys = list(dict.fromkeys(part.key for part in figure.headline.parts if part.key))
    if not keys:
        return ()
    found = {why.key: why for why in figure.why}
    return tuple(found[key] for key in keys if key in found)


def _why_lines(why: Why) -> Iterator[str]:
    yield tr("{title}: {value}", title=why.title, value=why.value)
    yield why.summary
    sources: dict[str, None] = {}
    for section in why.sections:
        yield tr("{section}:", section=section.title)
        for row in section.rows:
            yield "– " + " · ".join(text for text in (row.name, row.value, row.detail) if text)
            if row.origin is not None:
                sources.setdefault(origin_line(row.origin))
    if sources:
        yield tr("Sources:")
        yield from (f"– {source}" for source in sources)


def _line(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def split_footnotes(figure: Figure) -> tuple[Sequence[str], Sequence[str]]:
    """Footnotes of official results, and what has to stand on a slide besides: what projections are, who owns names."""
    numbered = [note.text for note in figure.footnotes if note.text.startswith("[")]
    return numbered, [note.text for note in figure.footnotes if not note.text.startswith("[")]

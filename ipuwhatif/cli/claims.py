"""`claims`: the article check, each statement of it computed from evidence."""

import argparse
from typing import TYPE_CHECKING, Any

from ipuwhatif.cli import console
from ipuwhatif.cli.options import figure_writer
from ipuwhatif.cli.parser import Parser, Subcommands, add_output
from ipuwhatif.texts import tr
from ipuwhatif.units import printable

if TYPE_CHECKING:
    from ipuwhatif.analysis.article.claims import Reading, Verdict
    from ipuwhatif.catalog.types import Catalog


def add_command(subcommands: Subcommands) -> Parser:
    parser = subcommands.add_parser("claims", help=tr("the article check: each statement, computed from evidence"))
    add_output(parser)
    parser.set_defaults(answer=claims)
    return parser


def claims(command: argparse.Namespace) -> int:
    """Every statement of the article with its computed value and verdict."""
    from ipuwhatif.analysis.article.claims import check_claims
    from ipuwhatif.analysis.world import load_world
    from ipuwhatif.cli.record_text import claims_text
    from ipuwhatif.figures.article.article import article_figure

    write = None if command.output is None else figure_writer(command)
    world = load_world()
    verdicts = check_claims(world)
    written = () if write is None else write(article_figure(verdicts, world))
    files = "".join("\n" + tr("Written: {path}", path=printable(path)) for path in written)
    return console.answer(
        command.json,
        lambda: claims_text(verdicts, world.catalog) + files,
        lambda: _claims_json(verdicts, world.catalog),
    )


def _claims_json(verdicts: "tuple[Verdict, ...]", catalog: "Catalog") -> dict[str, Any]:
    from ipuwhatif.figures.article.article import claim_officials, verdict_counts
    from ipuwhatif.figures.footnotes import footnotes

    return {
        "counts": verdict_counts(verdicts),
        "claims": [_claim_json(verdict) for verdict in verdicts],
        "footnotes": [note.text for note in footnotes(claim_officials(verdicts), catalog)],
    }


def _claim_json(verdict: "Verdict") -> dict[str, Any]:
    from ipuwhatif.figures.article.article import signed
    from ipuwhatif.figures.article.article_words import computed_text, reason_text, source_origin, subject_text
    from ipuwhatif.figures.phrases import told

    claim = verdict.claim
    return {
        "claim": claim.key,
        "subject": subject_text(claim),
        "attributed_to": told(claim.origin.note),
        "stated": told(claim.stated),
        "stated_value": claim.value,
        "unit": claim.unit,
        "tolerance": claim.tolerance,
        "computed": verdict.value,
        "computed_text": computed_text(verdict),
        "verdict": verdict.verdict,
        "reason": reason_text(verdict),
        "condition": signed(told(claim.condition)),
        "cases": [_reading_json(reading) for reading in verdict.cases],
        "beside": [_reading_json(reading) for reading in verdict.beside],
        "notes": [told(note) for note in verdict.notes],
        "sources": [
            {
                "key": source.key,
                "kind": source.kind,
                "producer": origin.producer,
                "title": origin.title,
                "locator": origin.locator,
            }
            for source in verdict.sources
            for origin in (source_origin(source),)
        ],
    }


def _reading_json(reading: "Reading") -> dict[str, Any]:
    from ipuwhatif.figures.article.article_words import reading_text

    return {"name": reading.name, "value": reading.value, "text": reading_text(reading), "holds": reading.holds}

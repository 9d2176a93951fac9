"""What the back-tests leave out of a fit, and what they ask of the rest.

A row leaves with everything of its group: a size with the entries of all submitters and divisions at that size, a chip
with the speeds that documents print of it.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

from ipuwhatif.calibration.entries import architecture, is_language, vendors
from ipuwhatif.calibration.protocols import IN_SAMPLE
from ipuwhatif.calibration.published import PublishedRow, date_of, language_rows, published_rows
from ipuwhatif.calibration.rivals.naive import chips_of
from ipuwhatif.catalog.evidence.usable import usable
from ipuwhatif.catalog.types import Catalog, OfficialResult, ReferencePoint, SystemChoice
from ipuwhatif.model.parameters import known
from ipuwhatif.model.rounds import chip_family
from ipuwhatif.records import Record, replace


class Fold(Record, frozen=True):
    """Rows, reference points and published figures that are left in, and the rows that are predicted from them."""

    training: tuple[OfficialResult, ...]
    points: tuple[ReferencePoint, ...]
    published: tuple[PublishedRow, ...]
    tested: tuple[OfficialResult, ...]
    of_language: bool = False  # language models, whose parameters are their own


#: Key and title of a back-test, and its folds.
Plan = tuple[str, str, tuple[Fold, ...]]
#: Whether of language models; keys of entries, reference points and published figures.
LeftIn = tuple[bool, tuple[str, ...], tuple[str, ...], tuple[str, ...]]
_AMPERE, _HOPPER, _BLACKWELL = ("a100-40gb", "a100-80gb"), ("h100-sxm", "h200-sxm"), ("b200-sxm", "gb200", "gb300")
#: Back-tests of language models from some chips onto others: key, title, the chips that are known and those asked for.
_ONTO_CHIPS = (
    ("language-h200", "language models: from H100 predict H200", (*_AMPERE, "h100-sxm"), ("h200-sxm",)),
    ("language-blackwell", "language models: from Hopper predict Blackwell", (*_AMPERE, *_HOPPER), _BLACKWELL),
    (
        "language-amd",
        "language models: from NVIDIA predict AMD",
        (*_AMPERE, "l40s", *_HOPPER, *_BLACKWELL),
        ("mi300x", "mi325x"),
    ),
)


def all_plans(catalog: Catalog) -> list[Plan]:
    """Every back-test; the first leaves nothing out."""
    answerable = [row for row in catalog.official if usable(row)]
    language = tuple(row for row in answerable if is_language(row.workload))
    (key, title, folds), *others = plans_of_curves(
        catalog, tuple(row for row in answerable if not is_language(row.workload))
    )
    nothing = (key, title, (*folds, _everything_of_language(catalog, language)))
    return [nothing, *others, *plans_of_language(catalog, language)]


def left_in(fold: Fold) -> LeftIn:
    """What a fold is fitted to, by keys: folds of several back-tests leave the same in."""
    return (
        fold.of_language,
        tuple(row.key for row in fold.training),
        tuple(point.key for point in fold.points),
        tuple(row.result.key for row in fold.published),
    )


def asked_together(plans: Sequence[Plan]) -> dict[LeftIn, tuple[str, Fold]]:
    """Folds that leave the same in as one that is asked for all their rows, under the title of the first."""
    asked: dict[LeftIn, tuple[str, Fold]] = {}
    for _, title, folds in plans:
        for fold in folds:
            first, before = asked.setdefault(left_in(fold), (title, replace(fold, tested=())))
            rows = {row.key: row for row in (*before.tested, *fold.tested)}
            asked[left_in(fold)] = first, replace(before, tested=tuple(rows.values()))
    return asked


def _everything_of_language(catalog: Catalog, rows: tuple[OfficialResult, ...]) -> Fold:
    return Fold(rows, catalog.references, language_rows(catalog), rows, of_language=True)


def plans_of_language(catalog: Catalog, rows: tuple[OfficialResult, ...]) -> list[Plan]:
    """Back-tests of language models."""
    everything = _everything_of_language(catalog, rows)

    def chip(row: OfficialResult) -> str:
        assert row.choice is not None
        return catalog.chip_of(row.choice).key

    newest = max(row.release for row in rows)
    before = max(release for release in catalog.releases if release < newest)
    return [
        ("language-row", "language models: leave one row out", left_out(everything, rows, lambda row: row.key)),
        (
            "language-cell",
            "language models: leave one job on one number of chips of a kind out",
            left_out(everything, rows, lambda row: f"{row.workload}/{chip(row)}/{chips_of(row)}"),
        ),
        (
            "language-size",
            "language models: leave one size out",
            left_out(everything, rows, lambda row: f"{chips_of(row)}"),
        ),
        ("language-chip", "language models: leave one chip out", _without_chips(catalog, everything, chip)),
        (
            "language-round",
            "language models: leave one round out",
            left_out(everything, rows, lambda row: row.release),
        ),
        (
            "language-job",
            "language models: leave one benchmark out",
            left_out(everything, rows, lambda row: str(row.workload)),
        ),
        *((key, title, (_onto_chips(catalog, everything, *chips),)) for key, title, *chips in _ONTO_CHIPS),
        (
            "language-as-of",
            f"language models: as of {before} predict {newest}",
            # Reference points are rules of a round, and known before its entries.
            (replace(_as_of(before, newest, catalog, everything, rows), points=catalog.references, of_language=True),),
        ),
    ]


def plans_of_curves(catalog: Catalog, rows: tuple[OfficialResult, ...]) -> list[Plan]:
    """Back-tests of the jobs whose samples follow a curve, ResNet-50 and BERT."""
    judged = tuple(row for row in rows if row.submitter in vendors())
    everything = Fold(rows, catalog.references, published_rows(catalog), rows)
    largest = (*_largest([row for row in judged if row.release <= "2021-12"]), *_largest(judged))
    largest = tuple(dict.fromkeys(largest))
    gpus = tuple(row for row in rows if architecture(row, catalog) == "gpu" and row.release >= "2020-07")

    def size(row: OfficialResult) -> str:
        return f"{architecture(row, catalog)}/{row.workload}/{chips_of(row)}"

    def family(row: OfficialResult) -> str:
        return _family(catalog, row.choice)

    return [
        (IN_SAMPLE, "in-sample", (everything,)),
        ("leave-one-row-out", "leave one row out", left_out(everything, judged, lambda row: row.key)),
        ("leave-one-size-out", "leave one size out", left_out(everything, judged, size)),
        ("largest", "extrapolate to the largest size", left_out(everything, largest, size)),
        ("leave-one-submitter-out", "leave one submitter out", left_out(everything, gpus, company_of)),
        (
            "as-of-2021-06",
            "as of 2021-06 predict 2021-12",
            (_as_of("2021-06", "2021-12", catalog, everything, judged),),
        ),
        ("as-of-2021-12", "as of 2021-12 predict 2022-06", (_as_of("2021-12", "2022-06", catalog, everything, rows),)),
        ("next-round", "each later round from those before it", _each_round(catalog, everything, rows)),
        ("leave-one-family-out", "leave one chip family out", _without_families(catalog, everything, family)),
    ]


def left_out(
    everything: Fold, tested: Sequence[OfficialResult], group: Callable[[OfficialResult], str]
) -> tuple[Fold, ...]:
    """One fold for each group of tested rows: whoever else is in the group leaves with them."""
    folds = []
    for name in sorted({group(row) for row in tested}):
        training = tuple(row for row in everything.training if group(row) != name)
        folds.append(replace(everything, training=training, tested=tuple(row for row in tested if group(row) == name)))
    return tuple(folds)


def _largest(rows: Sequence[OfficialResult]) -> tuple[OfficialResult, ...]:
    """The rows of the largest size of each vendor, workload and division in the last release."""
    found = []
    for key in sorted({(row.submitter, str(row.workload), row.division) for row in rows}):
        alike = [row for row in rows if (row.submitter, row.workload, row.division) == key]
        last = [row for row in alike if row.release == max(other.release for other in alike)]
        found += [row for row in last if chips_of(row) == max(chips_of(other) for other in last)]
    return tuple(found)


def _as_of(release: str, asked: str, catalog: Catalog, everything: Fold, tested: Sequence[OfficialResult]) -> Fold:
    """Only what was known at a release is left in: entries, reference points and published figures."""
    return Fold(
        tuple(row for row in everything.training if row.release <= release),
        tuple(point for point in everything.points if point.mlperf_round <= catalog.releases[release].mlperf_round),
        tuple(row for row in everything.published if date_of(catalog, row) <= release),
        tuple(row for row in tested if row.release == asked),
    )


def _each_round(catalog: Catalog, everything: Fold, rows: Sequence[OfficialResult]) -> tuple[Fold, ...]:
    """One fold for each round after v2.0, of the rows whose chips have entries before it, known as of the round before.

    A chip in its first round is asked for where whole families are left out.
    """
    releases = sorted({row.release for row in rows})
    folds = []
    for before, release in pairwise(releases):
        if before >= "2022-06":
            known_chips = {_generation(catalog, row.choice) for row in rows if row.release <= before}
            tested = [row for row in rows if _generation(catalog, row.choice) in known_chips]
            folds.append(_as_of(before, release, catalog, everything, tested))
    return tuple(folds)


def _without_families(catalog: Catalog, everything: Fold, family: Callable[[OfficialResult], str]) -> tuple[Fold, ...]:
    """One fold for each chip family: its entries and its published figures leave together."""
    folds = []
    for fold in left_out(everything, everything.training, family):
        name = family(fold.tested[0])
        kept = tuple(row for row in fold.published if _family(catalog, row.case.choice) != name)
        folds.append(replace(fold, published=kept))
    return tuple(folds)


def _without_chips(catalog: Catalog, everything: Fold, chip: Callable[[OfficialResult], str]) -> tuple[Fold, ...]:
    """One fold for each chip of language models: its entries and its printed speeds leave together."""
    folds = []
    for fold in left_out(everything, everything.training, chip):
        name = chip(fold.tested[0])
        kept = tuple(row for row in fold.published if catalog.chip_of(row.case.choice).key != name)
        folds.append(replace(fold, published=kept))
    return tuple(folds)


def _onto_chips(catalog: Catalog, everything: Fold, known_chips: Sequence[str], asked: Sequence[str]) -> Fold:
    """Entries and printed speeds of the known chips alone, to tell of the entries of those that are asked for."""

    def on(chips: Sequence[str]) -> tuple[OfficialResult, ...]:
        return tuple(row for row in everything.training if row.choice and catalog.chip_of(row.choice).key in chips)

    printed = [row for row in everything.published if catalog.chip_of(row.case.choice).key in known_chips]
    return replace(everything, training=on(known_chips), published=tuple(printed), tested=on(asked))


def company_of(row: OfficialResult) -> str:
    """The company that submitted; Dell did under two names."""
    submitter = known().submitters.get(row.submitter)
    return submitter.company if submitter else row.submitter


def _generation(catalog: Catalog, choice: SystemChoice | None) -> str:
    assert choice is not None
    return catalog.chip_of(choice).generation


def _family(catalog: Catalog, choice: SystemChoice | None) -> str:
    assert choice is not None
    return chip_family(catalog.chip_of(choice))

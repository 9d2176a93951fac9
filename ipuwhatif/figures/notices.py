"""Notices: differences between the systems on show that a reader must see before comparing them."""

from collections.abc import Collection, Iterable, Sequence

from ipuwhatif.analysis.results import CALIBRATED, Comparison, Projection, Scaling
from ipuwhatif.analysis.solving.first_runs import old_software_note
from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.names import parse_system, system_name
from ipuwhatif.catalog.types import Catalog, OfficialResult, SystemChoice, Workload
from ipuwhatif.figures.captions import task_words
from ipuwhatif.figures.compare.ratios import far_batches
from ipuwhatif.figures.footnotes import category, submitters, suite_version
from ipuwhatif.figures.job_titles import amount_words, division, is_stated
from ipuwhatif.figures.phrasing import basis_text, cut_text, listed, sentence, short_name
from ipuwhatif.figures.why.stated_phrases import VARIANTS
from ipuwhatif.model.case import BEST
from ipuwhatif.model.roles.software import software_of
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import tr
from ipuwhatif.units import Said, format_number, told


def comparison_notices(comparison: Comparison, officials: Sequence[OfficialResult]) -> tuple[str, ...]:
    """Moved levers, differences in size, round, division and layout, and the projections that leave the evidence.

    `officials` are the results on show.
    """
    projections = comparison.projections
    chips = _difference(
        tr("Chip counts differ: {values}."),
        [format_number(count) for count in sorted({each.choice.chips for each in projections})],
    )
    outside = _holders(
        (basis_text(each.basis, each.beyond), each.name) for each in projections if each.basis != CALIBRATED
    )
    beyond = [tr("{names}: {basis}.", names=listed(names), basis=basis) for basis, names in outside.items()]
    return (
        *_moved(comparison.settings),
        *chips,
        *_official_notices(officials),
        *_unlike(projections),
        *_layouts(comparison, officials),
        *beyond,
        *(tr("{name} is left out: {reason}.", name=each.name, reason=told(each.reason)) for each in comparison.missing),
        *_network_and_recipe(projections[0].job, projections[0].case.samples, {each.family for each in projections}),
        *_notes(projections),
    )


def scaling_notices(scaling: Scaling, officials: Sequence[OfficialResult]) -> tuple[str, ...]:
    """Moved levers, differences between the official results on show, and what could not be drawn."""
    return (
        *_moved(scaling.settings),
        *_official_notices(officials),
        *_network_and_recipe(scaling.job, scaling.samples, {curve.family for curve in scaling.curves}),
        *_old_software(scaling),
        *(sentence(note) for note in scaling.notes),
    )


def _old_software(scaling: Scaling) -> list[str]:
    """The curves whose chip is younger than the software, each thing once."""
    catalog = scaling.world.catalog
    choices = [SystemChoice(curve.system, curve.chips[0]) for curve in scaling.curves]
    notes = dict.fromkeys(old_software_note(catalog, choice, scaling.release) for choice in choices)
    return [sentence(note) for note in notes if note]


def _moved(settings: Sequence[Said]) -> tuple[str, ...]:
    return (tr("Moved levers: {settings}.", settings=listed(settings)),) if settings else ()


def _network_and_recipe(job: Workload, samples: float | None, families: set[str]) -> tuple[str, ...]:
    """What is trained where a name says more than that; and where one network goes by two makes and both vendors'
    systems stand side by side, what each of them runs.
    """
    if task := task_words(job):
        return (sentence(task),)
    if job.key not in VARIANTS or not (families & {"ipu", "bow"} and "gpu" in families):
        return ()
    return (
        tr(
            "Every system here runs {variant}, for {amount}; printed figures of EfficientNet-B4 are of the group-16 "
            "variant on IPUs and of the published network on GPUs, with recipes of their own (350, 400 and 500 "
            "epochs): compare them only as far as network and recipe agree.",
            variant=tr(VARIANTS[job.key]),
            amount=amount_words(job, samples),
        ),
    )


def _unlike(projections: Sequence[Projection]) -> tuple[str, ...]:
    """What the systems of one projection do otherwise than those of another: recipe, batch, software."""
    stated = is_stated(projections[0].job)
    optimizers = _named((each.layout.optimizer.upper(), each) for each in projections if each.layout.optimizer)
    told = [] if stated else [*_difference(tr("Recipes with different optimizers: {values}."), optimizers)]
    batches = [each.layout.global_batch for each in projections]
    if stated and far_batches(batches):
        # Without a target nobody says what a larger batch costs in quality.
        values = _named((format_number(each.layout.global_batch), each) for each in projections)
        told += _difference(tr("Global batches differ, and no target tells what that costs: {values}."), values)
    return (
        *told,
        *_difference(tr("Software differs: {values}."), _named((_software(each), each) for each in projections)),
    )


def _named(pairs: Iterable[tuple[str, Projection]]) -> list[str]:
    """Each text once, with the systems that it holds for: "batch 512 (DGX A100, DGX-1)"."""
    holders = _holders((text, short_name(each.name)) for text, each in pairs)
    return [tr("{text} ({names})", text=text, names=tr(", ").join(names)) for text, names in holders.items()]


def _software(projection: Projection) -> str:
    """The software state of a projection: a published one, or that of the release."""
    case, catalog = projection.case, projection.world.catalog
    architecture = catalog.chip_of(case.choice).architecture
    found = software_of(catalog, projection.job, architecture, case.release, case.software)
    return tr("as of {release}", release=case.release) if found is None else tr(found.name)


def _layouts(comparison: Comparison, officials: Sequence[OfficialResult]) -> tuple[str, ...]:
    """Entries that ran another layout than the search found, and those that lie outside the interval of their row.

    With a moved lever the projection asks another question than the entry answered, so its interval says nothing.
    """
    own, outside = [], []
    for row, each in enumerate(comparison.projections):
        official, time = each.official, each.time_to_train_s
        if official is None or official not in officials or each.case.policy != BEST:
            continue
        own += _own_layout(short_name(each.name), official, each.layout)
        if not comparison.is_moved(row) and not time.low <= official.score_s <= time.high:
            outside.append(short_name(each.name))
    parts = []
    if own:
        ran = tr("Official entries ran their own layouts: {entries}", entries=tr(", ").join(own))
        parts += [ran, tr("the projections search for the best that fits")]
    if len(outside) == 1:
        parts.append(tr("the entry of {name} lies outside the interval", name=outside[0]))
    elif outside:
        parts.append(tr("the entries of {names} lie outside the intervals", names=listed(outside)))
    return (sentence(tr("; ").join(parts)),) if parts else ()


def own_notices(scenario: Scenario, catalog: Catalog, systems: Collection[str]) -> tuple[str, ...]:
    """Where what the user measured is of another state of the software than what is projected, a line each.

    systems: keys of those that are shown, of kinds or with their sizes.
    """
    return tuple(
        tr(
            "Your measurement on {name} is of software as of {measured}, the projection of {projected}: part of the "
            "difference is that.",
            name=system_name(parse_system(key, catalog), catalog),
            measured=each.release,
            projected=scenario.release,
        )
        for key, each in scenario.measurements.items()
        if {key, key.partition(":")[0]} & set(systems) and each.release not in ("", scenario.release)
    )


def _own_layout(name: str, official: OfficialResult, layout: Layout) -> list[str]:
    """What an entry ran otherwise than the projection, as far as its layout was published."""
    ran = official.layout or layout
    pairs = (
        (tr("batch {count}", count=format_number(official.global_batch)), official.global_batch, layout.global_batch),
        (tr("micro-batch {count}", count=format_number(ran.micro_batch)), ran.micro_batch, layout.micro_batch),
        (
            tr("1 stage") if ran.pipeline_stages == 1 else tr("{count} stages", count=ran.pipeline_stages),
            ran.pipeline_stages,
            layout.pipeline_stages,
        ),
        *(((cut_text(ran), cut_text(ran), cut_text(layout)),) if ran.precision and layout.precision else ()),
    )
    differing = [text for text, its, ours in pairs if its != ours]
    return [tr("{name} {layout}", name=name, layout=" / ".join(differing))] if differing else []


def _notes(projections: Sequence[Projection]) -> list[str]:
    """The projections' own notes, each once, with the names of the systems where not all have it."""
    holders = _holders((note, each.name) for each in projections for note in each.notes)
    return [
        sentence(note)
        if len(names) == len(projections)
        else tr("{names}: {note}.", names=listed(names), note=told(note))
        for note, names in holders.items()
    ]


def _holders(pairs: Iterable[tuple[Said, str]]) -> dict[Said, list[str]]:
    """Which names each text holds for, in order."""
    holders: dict[Said, list[str]] = {}
    for text, name in pairs:
        holders.setdefault(text, []).append(name)
    return holders


def _official_notices(officials: Sequence[OfficialResult]) -> tuple[str, ...]:
    """Differences in round, division and category between official results."""
    return (
        *_difference(
            tr("Official results of different versions: {values}."), [suite_version(each) for each in officials]
        ),
        *_difference(
            tr("Official results of different divisions: {values}."), [division(each.division) for each in officials]
        ),
        *_difference(
            tr("Official results of different categories: {values}."),
            [tr("{submitter} {category}", submitter=submitters([each]), category=category(each)) for each in officials]
            if len({each.status for each in officials}) > 1
            else [],
        ),
    )


def _difference(template: str, values: Sequence[str]) -> tuple[str, ...]:
    distinct = list(dict.fromkeys(values))
    return (template.format(values=listed(distinct)),) if len(distinct) > 1 else ()

"""Every edit of a scenario, as a pure function that returns the new scenario and the name of what was done."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from ipuwhatif.catalog.names import system_name
from ipuwhatif.catalog.software import software_choices, software_name
from ipuwhatif.catalog.types import TARGET, Catalog, SystemChoice, Workload
from ipuwhatif.model.case import BEST
from ipuwhatif.records import Record, replace
from ipuwhatif.scenario.amount import OwnTime, amount_of, stated_samples
from ipuwhatif.scenario.changes import Changed, ChangeKind, SeveralChanges
from ipuwhatif.scenario.headlines import check_headline
from ipuwhatif.scenario.levers import CUT_FIELDS, Lever, Levers
from ipuwhatif.scenario.moved_levers import MovedLever
from ipuwhatif.scenario.names import BasisName, PolicyName, scope_name
from ipuwhatif.scenario.releases import release_for
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.scenario.sizes import layers_text, sizes_of
from ipuwhatif.units import Said

#: What is pinned for a workload, and stays with it.
LAYOUT_LEVERS = ("global_batch", "micro_batch", "gradient_accumulation", "pipeline_stages", *CUT_FIELDS)


class Edit(Record, frozen=True):
    """The scenario after an edit. Edits of one `merge_key` in a row make one step of undo; an empty key never."""

    scenario: Scenario
    name: Said  # "IPU compute gain 1.30 ×"
    merge_key: str = ""


def set_workload(scenario: Scenario, workload: str, catalog: Catalog) -> Edit:
    """Another workload, with its first recipe unless it shares the present one.

    What was chosen for a workload stays with it: a pinned layout, an amount of work, layer sizes, times of the user's
    own and headlines, the layout of entries where there are none. Software stays where the next workload runs on it as
    well.
    """
    chosen = catalog.workloads[workload]
    recipe = scenario.recipe if scenario.recipe in chosen.recipes else chosen.recipes[0]
    kept = {name: value for name, value in scenario.levers.items() if name.rpartition(".")[2] not in LAYOUT_LEVERS}
    software = scenario.software if scenario.software in software_choices(chosen, catalog) else ""
    changed = replace(
        scenario,
        workload=workload,
        recipe=recipe,
        release=release_for(scenario.release, catalog.workloads[scenario.workload], chosen, catalog),
        policy=scenario.policy if chosen.kind == TARGET else BEST,
        levers=MappingProxyType(kept),
        samples=None,
        layers=(),
        software=software,
        baseline_time_s=None,
        statement="",
        measurements=MappingProxyType({}),
        headlines=MappingProxyType({}),
    )
    return Edit(changed, Changed(ChangeKind.WORKLOAD, chosen.name))


def set_samples(scenario: Scenario, samples: float | None, catalog: Catalog) -> Edit:
    """The amount of work of a job without a quality target; `None` or the default sets it back."""
    workload = catalog.workloads[scenario.workload]
    stated = None if samples is None or samples == stated_samples(workload, None) else samples
    changed = replace(scenario, samples=stated)
    if stated is None:
        return Edit(changed, Changed(ChangeKind.DEFAULT_AMOUNT), "samples")
    return Edit(changed, Changed(ChangeKind.AMOUNT, amount_of(workload, stated)), "samples")


def set_layers(scenario: Scenario, layers: tuple[int, ...], catalog: Catalog) -> Edit:
    """The sizes of a network that the user sets; none sets them back."""
    workload = catalog.workloads[scenario.workload]
    return Edit(replace(scenario, layers=layers), sizes_change(layers, workload))


def sizes_change(layers: tuple[int, ...], workload: Workload) -> Changed:
    """That the sizes of a network are these, or its own again."""
    title = sizes_of(workload.network)
    return (
        Changed(ChangeKind.SIZES, title, layers_text(layers, workload))
        if layers
        else Changed(ChangeKind.DEFAULT_SIZES, title)
    )


def set_software(scenario: Scenario, software: str, catalog: Catalog) -> Edit:
    """The published software that GPUs run; an empty key leaves it to the workload and the release."""
    return Edit(replace(scenario, software=software), software_change(software, catalog))


def software_change(software: str, catalog: Catalog) -> Changed:
    """That GPUs run this software, or what the release says."""
    name = software_name(catalog, software)
    return Changed(ChangeKind.SOFTWARE, name) if software else Changed(ChangeKind.SOFTWARE_BY_RELEASE)


def set_baseline_time(scenario: Scenario, seconds: float | None) -> Edit:
    """What a job that is known by a stated ratio takes the user today; `None` takes it back."""
    changed = replace(scenario, baseline_time_s=seconds)
    name = Changed(ChangeKind.TIME_TODAY_BACK) if seconds is None else Changed(ChangeKind.TIME_TODAY, OwnTime(seconds))
    return Edit(changed, name)


def set_statement(scenario: Scenario, statement: str, catalog: Catalog) -> Edit:
    """The stated ratio that is applied to the user's own time."""
    stated = next(each for each in catalog.workloads[scenario.workload].statements if each.key == statement)
    return Edit(replace(scenario, statement=statement), Changed(ChangeKind.STATEMENT, stated.subject))


def set_recipe(scenario: Scenario, recipe: str) -> Edit:
    return Edit(replace(scenario, recipe=recipe), Changed(ChangeKind.RECIPE, recipe))


def set_release(scenario: Scenario, release: str) -> Edit:
    return Edit(replace(scenario, release=release), Changed(ChangeKind.RELEASE, release))


def set_policy(scenario: Scenario, policy: str) -> Edit:
    return Edit(replace(scenario, policy=policy), Changed(ChangeKind.LAYOUT, PolicyName(policy)))


def set_reference(scenario: Scenario, choice: SystemChoice, catalog: Catalog) -> Edit:
    """What the others are compared with. The subject of headlines gives way where it is the same system."""
    subject = "" if scenario.subject == choice.key else scenario.subject
    changed = replace(scenario, reference=choice.key, subject=subject)
    return Edit(changed, Changed(ChangeKind.REFERENCE, system_name(choice, catalog)))


def set_subject(scenario: Scenario, choice: SystemChoice, catalog: Catalog) -> Edit:
    """The system that headlines speak of. The reference, made the subject, changes places with it."""
    changed = replace(scenario, subject=choice.key)
    if choice.key == scenario.reference:
        changed = replace(changed, reference=scenario.spoken_of)
    return Edit(changed, Changed(ChangeKind.SUBJECT, system_name(choice, catalog)))


def set_headline(scenario: Scenario, page: str, text: str | None) -> Edit:
    """A headline of the user's own on one of PAGES, or the one by rule for `None`. InputError for none at all."""
    words = None if text is None else check_headline(text)
    name = Changed(ChangeKind.HEADLINE_BACK if words is None else ChangeKind.HEADLINE)
    return Edit(scenario.with_headline(page, words), name)


def set_show_official(scenario: Scenario, shown: bool) -> Edit:
    name = Changed(ChangeKind.OFFICIAL_SHOWN if shown else ChangeKind.OFFICIAL_HIDDEN)
    return Edit(replace(scenario, show_official=shown), name)


def tick_system(scenario: Scenario, choice: SystemChoice, present: bool, catalog: Catalog) -> Edit:
    """A system ticked or not. Systems stay in the order of the catalog, then by chips, however they were ticked.

    Where the user has another order, that stays, and what is ticked comes last.
    """
    changed = scenario.with_system(choice, present)
    if scenario.systems == catalog_order(scenario.systems, catalog):
        changed = replace(changed, systems=catalog_order(changed.systems, catalog))
    name = system_name(choice, catalog)
    return Edit(changed, Changed(ChangeKind.ADD if present else ChangeKind.REMOVE, name))


def catalog_order(systems: Iterable[SystemChoice], catalog: Catalog) -> tuple[SystemChoice, ...]:
    """Systems as the list at the side has them: by system, then by chips."""
    order = list(catalog.systems)
    return tuple(sorted(systems, key=lambda each: (order.index(each.system), each.chips)))


def move_system(scenario: Scenario, choice: SystemChoice, step: int, catalog: Catalog) -> Edit:
    """A system so many places further down, or up for a negative step, as far as there are any.

    Headlines go on about the same system.
    """
    others = [each for each in scenario.systems if each != choice]
    position = min(max(scenario.systems.index(choice) + step, 0), len(others))
    moved = (*others[:position], choice, *others[position:])
    told = Changed(ChangeKind.UP if step < 0 else ChangeKind.DOWN, system_name(choice, catalog))
    return Edit(replace(scenario, systems=moved, subject=scenario.spoken_of), told)


def sort_systems(scenario: Scenario, ordered: Sequence[SystemChoice], name: Said) -> Edit:
    """Systems in this order; those that are not in it come last, as they stand. Headlines go on about the same one."""
    rest = [each for each in scenario.systems if each not in ordered]
    return Edit(replace(scenario, systems=(*ordered, *rest), subject=scenario.spoken_of), name)


def set_target(scenario: Scenario, seconds: float | None) -> Edit:
    """The time that is sought [s]; `None` seeks none."""
    name = Changed(ChangeKind.TARGET_BACK) if seconds is None else Changed(ChangeKind.TARGET, OwnTime(seconds))
    return Edit(replace(scenario, target_s=seconds), name, "target")


def set_start(scenario: Scenario, start: str) -> Edit:
    """The day on which a run begins; an empty text takes it back."""
    name = Changed(ChangeKind.START, start) if start else Changed(ChangeKind.START_BACK)
    return Edit(replace(scenario, start=start), name, "start")


def set_basis(scenario: Scenario, basis: str) -> Edit:
    """What systems are compared by, one of BASES."""
    return Edit(replace(scenario, basis=basis), Changed(ChangeKind.COMPARE, BasisName(basis)))


def set_lever(scenario: Scenario, scope: str, lever: Lever, value: float | None, catalog: Catalog) -> Edit:
    """A lever moved for a family or one system. `None` or its default sets it back, so that no trace of it is left."""
    moved = None if value is None or value == lever.default else value
    changed = scenario.with_lever(f"{scope}.{lever.key}", moved)
    return Edit(changed, MovedLever(scope, scope_name(scope, catalog), lever, moved), f"{scope}.{lever.key}")


def use_values(
    scenario: Scenario, choice: SystemChoice, values: Mapping[str, float], levers: Levers, catalog: Catalog
) -> Edit:
    """What a goal seek found, put into the scenario in one step: levers by their names there, or chips of a system."""
    changed, names = scenario, list[Said]()
    for name, value in values.items():
        scope, _, key = name.rpartition(".")
        if scope:
            lever = levers[key]
            taken = value if lever.whole else float(f"{value:.4g}")  # as the answer prints it
            edit = set_lever(changed, scope, lever, taken, catalog)
        else:
            edit = tick_system(changed, SystemChoice(choice.system, round(value)), True, catalog)
        changed, names = edit.scenario, [*names, edit.name]
    return Edit(changed, SeveralChanges(tuple(names)))

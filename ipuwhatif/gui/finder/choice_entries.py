"""The choices of a scenario as entries: workload, release, software, division, layout, and what is compared by."""

from collections.abc import Callable, Iterator

from ipuwhatif.catalog.software import software_choices, software_name
from ipuwhatif.catalog.stacks import SOFTWARE_CLASSES
from ipuwhatif.catalog.types import RELATIVE, TARGET, Catalog
from ipuwhatif.figures.scenarios.names import basis_name, policy_name
from ipuwhatif.gui.answering.question import Question
from ipuwhatif.gui.finder.entry import Entry, refused
from ipuwhatif.model.case import LAYOUT_POLICIES
from ipuwhatif.records import replace
from ipuwhatif.scenario import edits
from ipuwhatif.scenario.scenario import BASES, Scenario
from ipuwhatif.texts import tr
from ipuwhatif.units import told

Make = Callable[[Scenario], edits.Edit]


def choice_entries(question: Question, catalog: Catalog) -> Iterator[Entry]:
    """Every choice there is for any workload; what the present one has no use for says so."""
    workload = catalog.workloads[question.scenario.workload]
    projected, to_target = workload.kind != RELATIVE, workload.kind == TARGET
    for key, each in catalog.workloads.items():
        entry = _choice(question, tr("workload"), _made(edits.set_workload, key, catalog), (key,))
        yield replace(entry, text=told(each.name), words=each.sector)
    for key in catalog.releases:
        yield _choice(question, tr("software"), _made(edits.set_release, key), (key,), projected)
    usable = software_choices(workload, catalog)
    offered = ("", *usable) if usable else ()
    stated = (each.key for each in catalog.software.values() if each.framework not in SOFTWARE_CLASSES)
    for key in dict.fromkeys(("", *usable, *stated)):
        names = (told(software_name(catalog, key)), key)
        yield _choice(question, tr("software"), _made(edits.set_software, key, catalog), names, key in offered)
    for key in _divisions(catalog):
        recipe = (key, f"{tr('division')} {key}", tr("{recipe} division", recipe=key))
        yield _choice(question, tr("division"), _made(edits.set_recipe, key), recipe, key in workload.recipes)
    for key in LAYOUT_POLICIES:
        names = (policy_name(key), key)
        yield _choice(question, tr("layout"), _made(edits.set_policy, key), names, to_target)
    for key in BASES:
        yield _choice(question, tr("compared by"), _made(edits.set_basis, key), (basis_name(key),), projected)


def _divisions(catalog: Catalog) -> tuple[str, ...]:
    """Those of jobs that have entries."""
    jobs = (each for each in catalog.workloads.values() if each.kind == TARGET)
    return tuple(dict.fromkeys(recipe for each in jobs for recipe in each.recipes))


def _made(edit: Callable[..., edits.Edit], *chosen: object) -> Make:
    return lambda scenario: edit(scenario, *chosen)


def _choice(question: Question, kind: str, make: Make, names: tuple[str, ...], possible: bool = True) -> Entry:
    """A choice by the name of its edit, which is made of the scenario as it is by then, as one step."""
    scenario = question.scenario
    made = make(scenario)
    name = told(made.name)
    if not possible:
        useless = tr("{choice}: the workload that is chosen has no use for it.", choice=name)
        return Entry(name, refused(useless), kind, tr("not now"), names=names, possible=False)

    def act() -> None:
        question.begin_gesture()
        question.apply(make(question.scenario))

    return Entry(name, act, kind, tr("chosen") if made.scenario == scenario else "", names=names)

"""Why systems cannot run a job, in a sentence for each kind of reason, with the names that people say."""

from collections.abc import Iterable, Mapping, Sequence

from ipuwhatif.catalog.names import short_name, system_name
from ipuwhatif.catalog.types import Catalog, SystemChoice
from ipuwhatif.figures.phrasing import listed, sentence
from ipuwhatif.figures.scenarios.names import policy_name
from ipuwhatif.model.case import AS_SUBMITTED, BEST
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import tr

MOST_NAMES = 6  # of the systems that have entries, in one sentence


def fault_text(
    catalog: Catalog,
    scenario: Scenario,
    reference: SystemChoice | None,
    reasons: Mapping[SystemChoice, str],
    brief: bool = False,
) -> str:
    """What is left out and why, in a sentence for each kind of reason; and who is the reference now, if that changed.

    `reference` is that of the answer, None where there is none. Each sentence stands on a line of its own. A `brief`
    text leaves the reason to the row and the box of the system, where that is ticked.
    """
    lacking = [choice for choice in reasons if _lacks_an_entry(catalog, scenario, choice)]
    lines = [_no_entry_text(catalog, scenario, lacking)] if lacking else []
    others = {choice: reason for choice, reason in reasons.items() if choice not in lacking}
    if brief and others:
        names = names_of(catalog, others)
        lines.append(tr("{names}: no projection; a click on its row says why.", names=names))
    for reason in () if brief else dict.fromkeys(others.values()):
        names = names_of(catalog, [choice for choice, each in reasons.items() if each == reason])
        lines.append(sentence(tr("{names}: {reason}", names=names, reason=reason)))
    if reference is not None and reference.key != scenario.reference:
        asked = next((each for each in scenario.systems if each.key == scenario.reference), None)
        lines.append(_new_reference(catalog, asked, reference))
    return "\n".join(lines)


def _new_reference(catalog: Catalog, asked: SystemChoice | None, reference: SystemChoice) -> str:
    """Who stands in for the reference that was chosen, which stays chosen."""
    name = system_name(reference, catalog)
    if asked is None:
        return tr("The reference is {name} now.", name=name)
    return tr("{name} stands in for the reference {asked}.", name=name, asked=system_name(asked, catalog))


def stand_in_text(catalog: Catalog, choice: SystemChoice, other: SystemChoice) -> str:
    """That another system is looked at than the one that was chosen."""
    names = system_name(choice, catalog), system_name(other, catalog)
    return tr("{name}: no projection, so this is {other}.", name=names[0], other=names[1])


def _entries(catalog: Catalog, scenario: Scenario) -> tuple[SystemChoice, ...]:
    """The systems whose layout as submitted is known for the scenario's workload, recipe and release."""
    asked = (scenario.workload, scenario.recipe, scenario.release)
    return tuple(
        entry.choice
        for entry in catalog.official
        if entry.choice is not None
        and entry.layout is not None
        and (entry.workload, entry.division, entry.release) == asked
    )


def _lacks_an_entry(catalog: Catalog, scenario: Scenario, choice: SystemChoice) -> bool:
    return scenario.policy == AS_SUBMITTED and choice not in _entries(catalog, scenario)


def _no_entry_text(catalog: Catalog, scenario: Scenario, lacking: Sequence[SystemChoice]) -> str:
    entries = _entries(catalog, scenario)
    order = list(catalog.systems)
    known = sorted(set(entries), key=lambda each: (order.index(each.system), each.chips))
    told = tr("entries exist for {systems}", systems=_some_names(catalog, known)) if known else tr("no entry exists")
    return tr(
        "No {recipe} entry as of {release} for {systems}: {known}; choose the layout “{best}”.",
        recipe=scenario.recipe,
        release=scenario.release,
        systems=names_of(catalog, lacking),
        known=told,
        best=policy_name(BEST),
    )


def _some_names(catalog: Catalog, choices: Sequence[SystemChoice]) -> str:
    """The first few names, and how many others there are."""
    if len(choices) <= MOST_NAMES + 1:
        return names_of(catalog, choices)
    names = tr(", ").join(names_of(catalog, [choice]) for choice in choices[:MOST_NAMES])
    return tr("{names} and {count} others", names=names, count=len(choices) - MOST_NAMES)


def names_of(catalog: Catalog, choices: Iterable[SystemChoice]) -> str:
    """ "IPU-POD32 and Bow Pod64"; a system that has no name of its own, with its chips."""
    return listed(
        [(short_name if choice.key in catalog.preset_names else system_name)(choice, catalog) for choice in choices]
    )

"""Every edit of a document, as a pure function that returns the new document and the name of what was done."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from ipuwhatif.catalog.names import system_name
from ipuwhatif.catalog.types import Catalog, SystemChoice
from ipuwhatif.scenario.document import Document
from ipuwhatif.scenario.levers import Lever, Levers
from ipuwhatif.texts import tr

FAMILY_NAMES: Mapping[str, str] = MappingProxyType({"ipu": "IPU", "bow": "Bow", "gpu": "GPU"})


@dataclass(frozen=True, slots=True)
class Edit:
    """The document after an edit. Edits of one `merge_key` in a row make one step of undo; an empty key never."""

    document: Document
    name: str  # "IPU compute gain 1.30 ×"
    merge_key: str = ""


def set_workload(document: Document, workload: str, catalog: Catalog) -> Edit:
    """Another workload, with its first recipe unless it shares the present one.

    A pinned batch belongs to the workload it was chosen for, so settings of the layout are dropped.
    """
    chosen = catalog.workloads[workload]
    recipe = document.recipe if document.recipe in chosen.recipes else chosen.recipes[0]
    kept = {name: value for name, value in document.levers.items() if not name.endswith(".global_batch")}
    changed = replace(document, workload=workload, recipe=recipe, levers=MappingProxyType(kept))
    return Edit(changed, tr("Workload {name}", name=chosen.name))


def set_recipe(document: Document, recipe: str) -> Edit:
    return Edit(replace(document, recipe=recipe), tr("Recipe {name}", name=recipe))


def set_release(document: Document, release: str) -> Edit:
    return Edit(replace(document, release=release), tr("Software as of {release}", release=release))


def set_policy(document: Document, policy: str) -> Edit:
    return Edit(replace(document, policy=policy), tr("Layout {policy}", policy=policy_name(policy)))


def set_reference(document: Document, choice: SystemChoice, catalog: Catalog) -> Edit:
    changed = replace(document, reference=choice.key)
    return Edit(changed, tr("Reference {name}", name=system_name(choice, catalog)))


def set_show_official(document: Document, shown: bool) -> Edit:
    name = tr("Show official results") if shown else tr("Hide official results")
    return Edit(replace(document, show_official=shown), name)


def tick_system(document: Document, choice: SystemChoice, present: bool, catalog: Catalog) -> Edit:
    """A system ticked or not. Systems stay in the order of the catalog, then by chips, however they were ticked."""
    changed = document.with_system(choice, present)
    order = list(catalog.systems)
    systems = tuple(sorted(changed.systems, key=lambda each: (order.index(each.system), each.chips)))
    name = system_name(choice, catalog)
    return Edit(
        replace(changed, systems=systems), tr("Add {name}", name=name) if present else tr("Remove {name}", name=name)
    )


def set_lever(document: Document, scope: str, lever: Lever, value: float | None, catalog: Catalog) -> Edit:
    """A lever moved for a family or one system. `None` or its default sets it back, so that no trace of it is left."""
    moved = None if value is None or value == lever.default else value
    changed = document.with_lever(f"{scope}.{lever.key}", moved)
    whose = scope_name(scope, catalog)
    lever_name = lever.name[0].lower() + lever.name[1:]
    if moved is None:
        return Edit(
            changed, tr("{whose} {lever} back to default", whose=whose, lever=lever_name), f"{scope}.{lever.key}"
        )
    name = tr("{whose} {lever} {value}", whose=whose, lever=lever_name, value=lever.format(moved))
    return Edit(changed, name, f"{scope}.{lever.key}")


def lever_texts(document: Document, levers: Levers, catalog: Catalog) -> tuple[str, ...]:
    """Every moved lever in words: "IPU compute gain 1.30 ×"; for charts, tables and files that show its effect."""
    texts = []
    for name, value in document.levers.items():
        scope, _, key = name.rpartition(".")
        texts.append(set_lever(document, scope, levers[key], value, catalog).name)
    return tuple(texts)


def policy_name(policy: str) -> str:
    """The layout policy as the field says it: "as submitted", "best"."""
    return {"best": tr("best that fits"), "as-submitted": tr("as submitted")}[policy]


def scope_name(scope: str, catalog: Catalog) -> str:
    """Whose lever it is: "IPU" for a family, the name for one system."""
    if ":" not in scope:
        return FAMILY_NAMES.get(scope, scope)
    system, _, chips = scope.partition(":")
    return system_name(SystemChoice(system, int(chips)), catalog)

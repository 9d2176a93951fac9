"""Whose software runs a job: a published state by its key, or what is usual of a class as of a release."""

from ipuwhatif.catalog.notes import SoftwareClass, text_of
from ipuwhatif.catalog.stacks import FRAMEWORK, SOFTWARE_CLASSES, VENDOR, Software
from ipuwhatif.catalog.types import LANGUAGE, Catalog, Workload
from ipuwhatif.units import Said


def software_as_of(catalog: Catalog, key: str, release: str) -> Software:
    """The software of a key; of a framework or a class its newest state as of a release, before any its first.

    KeyError for an unknown key.
    """
    if key in catalog.software:
        return catalog.software[key]
    states = [each for each in catalog.software.values() if each.framework == key]
    if not states:
        raise KeyError(key)
    known = [each for each in states if each.date <= release]
    return max(known, key=lambda each: each.date) if known else min(states, key=lambda each: each.date)


def software_name(catalog: Catalog, key: str) -> Said:
    """What a choice of software is called; an empty key leaves it to the workload and the release."""
    classes = {"": SoftwareClass.BY_RELEASE, VENDOR: SoftwareClass.VENDOR, FRAMEWORK: SoftwareClass.FRAMEWORK}
    return classes[key] if key in classes else text_of(catalog.software[key].name)


def usual_class(workload: Workload) -> str:
    """The class that a job runs by default: "" where entries or a framework of its own tell."""
    usual = next(iter(workload.frameworks), "")
    return usual if usual in SOFTWARE_CLASSES else ""


def software_choices(workload: Workload, catalog: Catalog) -> tuple[str, ...]:
    """Keys of the software that a workload can be run with besides its default: classes, then published states.

    Of states the newest of each framework comes first. Jobs with entries run the entries' own software by default.
    """
    published = {row.framework for row in catalog.published_layouts if row.workload == workload.key and row.framework}
    if LANGUAGE in workload.traits:
        published = {each.framework for each in catalog.software.values() if each.of_language}
    order = workload.frameworks or tuple(sorted(published))
    if not order:
        return ()
    known = [
        each for each in catalog.software.values() if each.framework in order and each.framework not in SOFTWARE_CLASSES
    ]
    known.sort(key=lambda each: each.date, reverse=True)
    classes = [each for each in SOFTWARE_CLASSES if each != usual_class(workload)]
    return (*classes, *(each.key for each in sorted(known, key=lambda each: order.index(each.framework))))

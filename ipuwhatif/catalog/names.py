"""Systems as people name them: `ipu-pod:64` and presets read, "IPU-POD64 (64 IPUs)" printed."""

from collections.abc import Iterable

from ipuwhatif.catalog.reasons import ChipsOutside, Flaw, Flawed
from ipuwhatif.catalog.types import Catalog, System, SystemChoice
from ipuwhatif.texts import tr
from ipuwhatif.units import RefusedError, format_number, nearest, nearest_whole, typed, whole_number

LEAST_PART = 3  # letters of a name that are looked for inside others


def parse_system(text: str, catalog: Catalog) -> SystemChoice:
    """A system as typed: a preset ("ipu-pod64", "dgx-a100") or a family with a chip count ("ipu-pod:48").

    Thousands may be grouped ("ipu-pod:1,024"). InputError names the nearest valid name, or the range of chip counts
    and the nearest of them.
    """
    name, colon, count = typed(text).casefold().partition(":")
    if not colon and name in catalog.presets:
        return catalog.presets[name]
    if name in catalog.systems:
        system = catalog.systems[name]
        if colon:
            return SystemChoice(name, _chips(text, count, system))
        raise RefusedError(Flawed(Flaw.COUNT_MISSING, text, nearest=f"{name}:{system.chips_per_machine}"))
    if colon and name in catalog.presets:
        raise RefusedError(Flawed(Flaw.COUNT_TWICE, text, name, catalog.presets[name].key))
    raise RefusedError(Flawed(Flaw.SYSTEM_UNKNOWN, text, nearest=_nearest(name, count, bool(colon), catalog)))


def _nearest(name: str, count: str, counted: bool, catalog: Catalog) -> str | None:
    """The nearest name that would be read, with the count that was typed where that is in range."""
    found = nearest_system(name, catalog, () if counted else tuple(catalog.presets))
    if found is None or (not counted and found in catalog.presets):
        return found
    system = catalog.systems[found]
    return f"{found}:{_in_range(count, system) or system.chips_per_machine}"


def nearest_system(name: str, catalog: Catalog, presets: tuple[str, ...] = ()) -> str | None:
    """The system or preset that a typed name was meant to be; a server that no list shows where no other holds it."""
    listed = [*presets, *(key for key, system in catalog.systems.items() if system.listed)]
    holding = [each for each in listed if name in each] if len(name) >= LEAST_PART else []
    return nearest_name(name, holding or [*presets, *catalog.systems])


def nearest_name(name: str, known: Iterable[str]) -> str | None:
    """The name that a typed one was meant to be: one that holds it, one of its chip, or the one spelled most like it.

    "dgx-h100" for "h100", "dgx-a100" for "hxx-a100".
    """
    names = list(known)
    parts = {part for part in name.split("-") if any(letter.isdigit() for letter in part)}
    holding = [each for each in names if name in each] if len(name) >= LEAST_PART else []
    return nearest(name, holding or [each for each in names if parts & set(each.split("-"))] or names)


def _in_range(count: str, system: System) -> int | None:
    """The typed chip count where the system can have it, else None."""
    chips = whole_number(count)
    return chips if chips is not None and system.minimum_chips <= chips <= system.maximum_chips else None


def _chips(text: str, count: str, system: System) -> int:
    chips = _in_range(count, system)
    if chips is not None:
        return chips
    low, high = system.minimum_chips, system.maximum_chips
    closest = nearest_whole(count, low, high)
    raise RefusedError(ChipsOutside(text, system.key, low, high, closest, system.chips_per_machine))


def system_name(choice: SystemChoice, catalog: Catalog) -> str:
    """The name of a system with its chips: "IPU-POD16 (16 IPUs)", "8 × DGX A100 (64 GPUs)", "IPU-POD (48 IPUs)"."""
    system = catalog.systems[choice.system]
    return f"{short_name(choice, catalog)} ({chips_label(system.chip_word, choice.chips)})"


def chips_label(word: str, count: int) -> str:
    """A number of chips in a name: "16 IPUs", "1 socket". `word` is that of the system for one of them."""
    return f"{format_number(count)} {tr(word) if count == 1 else tr('{word}s', word=tr(word))}"


def short_name(choice: SystemChoice, catalog: Catalog) -> str:
    """The name without the chip count: that of a preset, of whole GPU machines, or of the family."""
    system = catalog.systems[choice.system]
    machines, rest = divmod(choice.chips, system.chips_per_machine)
    if choice.key in catalog.preset_names:
        return catalog.preset_names[choice.key]
    if system.family == "gpu" and machines > 1 and not rest:
        return f"{format_number(machines)} × {system.name}"
    return system.name

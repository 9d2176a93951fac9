"""Profiles of the user's own: made of results, kept in the store, brought along by documents."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from ipuwhatif.catalog.types import Catalog
from ipuwhatif.importers.reasons import Another, CalledInside, Double, MadeOfResults
from ipuwhatif.importers.store import Brought, Kept, read_store
from ipuwhatif.importers.toml import toml_text
from ipuwhatif.records import Record
from ipuwhatif.scenario.measurements import TIME
from ipuwhatif.scenario.profiles import Profile, ProfileRun, check_profile_name, read_profile
from ipuwhatif.units import InputError, RefusedError, Said, reason_of

PROFILE = "profile"  # the kind of thing
guest_texts: dict[str, str] = {}  # texts of profiles that documents have brought along, by name


class Profiles(Record, frozen=True):
    """Those that can be used, by name, and why others cannot."""

    found: Mapping[str, Profile]
    faults: tuple[Said, ...] = ()


def my_profiles(catalog: Catalog) -> Profiles:
    """Those of the store and of open documents; of two with one name the user's own counts."""
    found, faults = dict[str, Profile](), list[Said]()
    for name, text in {**guest_texts, **_kept()}.items():
        try:
            profile = read_profile(text, name, catalog)
            if profile.name != name:
                raise RefusedError(CalledInside(name, profile.name))
            found[name] = profile
        except InputError as error:
            faults.append(reason_of(error))
    return Profiles(MappingProxyType(found), tuple(faults))


def guest_profiles() -> Mapping[str, str]:
    """Texts of the profiles that are here because a document brought them, by name."""
    kept = _kept() if guest_texts else {}
    return {name: text for name, text in guest_texts.items() if name not in kept}


def welcome_profiles(texts: Mapping[str, str]) -> tuple[bool, tuple[Said, ...]]:
    """Take in the profiles of a document: whether there is a new one, and what must be told."""
    kept = _kept() if texts else {}
    told = [Another(Double.PROFILE_OF_DOCUMENT, name) for name, text in texts.items() if kept.get(name, text) != text]
    new = {name: text for name, text in texts.items() if name not in kept and guest_texts.get(name) != text}
    guest_texts.update(new)
    return bool(new), tuple(told)


def linger_profile(thing: Kept) -> None:
    """A profile that was removed is used on while the program runs: scenarios and steps of undo may hold it."""
    guest_texts[thing.name] = thing.text


def _kept() -> dict[str, str]:
    return {each.name: each.text for each in read_store().of_kind(PROFILE)}


def brought_profile(name: str, runs: Sequence[ProfileRun], calibration: str, catalog: Catalog) -> Brought:
    """A profile as a thing to keep. InputError for a name that no file has, or runs that cannot be learnt from."""
    today = date.today().isoformat()
    text = _text(Profile(check_profile_name(name), today, calibration, tuple(runs)))
    profile = read_profile(text, name, catalog)
    return Brought(PROFILE, name, text, MadeOfResults(len(profile.runs), today))


def _text(profile: Profile) -> str:
    return toml_text({
        "name": profile.name,
        "made": profile.made,
        "method": profile.method,
        "calibration": profile.calibration,
        "runs": {str(number): _run_values(run) for number, run in enumerate(profile.runs, start=1)},
    })  # fmt: skip


def _run_values(run: ProfileRun) -> dict[str, object]:
    """What is not known is left out."""
    quantity = "time_s" if run.measurement.quantity == TIME else "samples_per_s"
    values: dict[str, object] = {
        "job": run.workload,
        "system": run.system,
        quantity: run.measurement.value,
        "release": run.release,
        "recipe": run.recipe,
        "software": run.software,
        "global_batch": run.global_batch,
        "read_from": run.read_from,
        "hash": run.hash,
    }
    return {key: value for key, value in values.items() if value not in ("", None)}

"""What Finish says of the time before the clock of a score: what entries took, and whether it is counted."""

from ipuwhatif.analysis.finish.finish import INITIALISATION, Finish, Run
from ipuwhatif.analysis.finish.initialisation import Initialisation, initialisation_of_entries
from ipuwhatif.figures.times import time_text
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number


def initialisation_notices(finish: Finish) -> tuple[str, ...]:
    """A sentence for each run that counts it; where none does, one of the run that headlines speak of."""
    counted = [run for run in finish.runs if run.parts[INITIALISATION] > 0.0]
    asked = counted or [finish.runs[finish.subject]]
    return tuple(text for run in asked if (text := _told(run, counted=bool(counted))))


def _told(run: Run, *, counted: bool) -> str:
    projection = run.projection
    found = initialisation_of_entries(projection.world.catalog, projection.case.workload, projection.choice)
    if found is None:
        return ""
    words = {"name": projection.name, "typical": time_text(found.typical), "entries": _entries_text(found)}
    if not counted:
        return tr("Initialisation is not counted: no score has it. {entries} took {typical}, the median.", **words)
    words["time"] = time_text(run.parts[INITIALISATION])
    return tr("{name}: {time} of initialisation, which no score has. {entries} took {typical}, the median.", **words)


def _entries_text(found: Initialisation) -> str:
    """The entries that tell: "5 entries on 512 to 2,048 chips"."""
    few, many = found.chips
    words = {"entries": format_number(found.entries), "few": format_number(few), "many": format_number(many)}
    if found.entries == 1:
        return tr("One entry of the job on {few} chips", **words)
    if few == many:
        return tr("{entries} entries of the job on {few} chips", **words)
    return tr("{entries} entries of the job on {few} to {many} chips", **words)

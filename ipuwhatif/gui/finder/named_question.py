"""A question in a sentence: "Llama 3.1 405B on GB200 NVL72", "Bow-Pod16 against DGX A100 on ResNet-50"."""

import re
from collections.abc import Iterator, Sequence

from ipuwhatif.catalog.names import short_name, system_name
from ipuwhatif.catalog.types import Catalog, SystemChoice
from ipuwhatif.gui.answering.question import Question
from ipuwhatif.gui.finder.entry import Entry
from ipuwhatif.gui.finder.matching import run_together, words_of
from ipuwhatif.scenario import edits
from ipuwhatif.scenario.reasons import TooManySystems
from ipuwhatif.scenario.scenario import MOST_SYSTEMS
from ipuwhatif.texts import tr
from ipuwhatif.units import RefusedError, told

Named = str | SystemChoice  # the key of a workload, or a system
#: What stands between names; any Chinese word may.
_BETWEEN = words_of(
    "a against and at by compare compared for from in of on or than the to train training using versus vs with"
)
_SCRIPTS = re.compile(r"(?<=[\u3400-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[\u3400-\u9fff])")


def named_question(text: str, question: Question, catalog: Catalog) -> tuple[Entry, ...]:
    """The job and the systems that a sentence names, as one step; nothing where it says anything else, or names one.

    The first system is what is spoken of, the second what it is compared with.
    """
    found = list(_named(words_of(_SCRIPTS.sub(" ", text)), _names(catalog)))
    jobs = [each for each in found if isinstance(each, str)]
    systems = list(dict.fromkeys(each for each in found if isinstance(each, SystemChoice)))
    if None in found or len(jobs) > 1 or len(jobs) + len(systems) < 2:
        return ()
    names = [*(told(catalog.workloads[each].name) for each in jobs), *(system_name(each, catalog) for each in systems)]
    whole = tr(", ").join(names)

    def act() -> None:
        question.begin_gesture()
        question.apply(_edit(question, jobs, systems, whole, catalog))

    return (Entry(whole, act, tr("question"), tr("ask it")),)


def _edit(
    question: Question, jobs: Sequence[str], systems: Sequence[SystemChoice], name: str, catalog: Catalog
) -> edits.Edit:
    scenario = question.scenario
    for job in jobs:
        scenario = edits.set_workload(scenario, job, catalog).scenario
    for choice in systems:
        if choice not in scenario.systems:
            scenario = edits.tick_system(scenario, choice, True, catalog).scenario
    if len(scenario.systems) > MOST_SYSTEMS:
        raise RefusedError(TooManySystems(MOST_SYSTEMS))
    for choice in systems[1:2]:
        scenario = edits.set_reference(scenario, choice, catalog).scenario
    if systems and systems[0].key != scenario.reference:
        scenario = edits.set_subject(scenario, systems[0], catalog).scenario
    return edits.Edit(scenario, name)


def _names(catalog: Catalog) -> dict[str, Named]:
    """Workloads and presets by what they are called, run together."""
    found: dict[str, Named] = {}
    for key, workload in catalog.workloads.items():
        found |= {run_together(name): key for name in (told(workload.name), key)}
    for key, choice in catalog.presets.items():
        found |= {
            run_together(name): choice for name in (system_name(choice, catalog), short_name(choice, catalog), key)
        }
    return found


def _named(words: Sequence[str], names: dict[str, Named]) -> Iterator[Named | None]:
    """What the words name, the longest name first, in their order; None for a word that says something else."""
    start = 0
    while start < len(words):
        ends = range(len(words), start, -1)
        end = next((end for end in ends if "".join(words[start:end]) in names), 0)
        if end:
            yield names["".join(words[start:end])]
        elif words[start].isascii() and words[start] not in _BETWEEN:
            yield None
        start = end or start + 1

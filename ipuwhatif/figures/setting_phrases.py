"""The words of moved levers: "IPU compute gain 1.30 ×"."""

from ipuwhatif.figures.scenarios.lever_words import name_within, value_text
from ipuwhatif.scenario.moved_levers import Lettered, MovedLever
from ipuwhatif.texts import tr
from ipuwhatif.units import told


@told.register
def _(said: MovedLever) -> str:
    name = name_within(said.lever)
    whose = told(said.whose)
    if said.value is None or said.value == said.lever.default:
        return tr("{whose} {lever} back to default", whose=whose, lever=name)
    return tr("{whose} {lever} {value}", whose=whose, lever=name, value=value_text(said.lever, said.value))


@told.register
def _(said: Lettered) -> str:
    return tr("{letter}: {setting}", letter=said.letter, setting=told(said.setting))

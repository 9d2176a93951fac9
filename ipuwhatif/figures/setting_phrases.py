"""The words of moved levers: "IPU compute gain 1.30 ×"."""

from ipuwhatif.scenario.moved_levers import Lettered, MovedLever
from ipuwhatif.texts import tr
from ipuwhatif.units import told


@told.register
def _(said: MovedLever) -> str:
    name = said.lever.name[0].lower() + said.lever.name[1:]
    if said.value == said.lever.default:
        return tr("{whose} {lever} back to default", whose=said.whose, lever=name)
    return tr("{whose} {lever} {value}", whose=said.whose, lever=name, value=said.lever.format(said.value))


@told.register
def _(said: Lettered) -> str:
    return tr("{letter}: {setting}", letter=said.letter, setting=told(said.setting))

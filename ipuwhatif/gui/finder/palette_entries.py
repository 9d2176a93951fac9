"""What the finder offers, as plain data: every view, job, system, choice, lever, price, command and setting.

What an entry does is a menu's action, a way of looking, or a named edit of the question, so that undo names it.
"""

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtGui import QAction

from ipuwhatif.catalog.names import short_name, system_name
from ipuwhatif.catalog.types import RELATIVE, Catalog, SystemChoice
from ipuwhatif.figures.scenarios.lever_words import lever_name, name_within, value_text
from ipuwhatif.figures.scenarios.names import whose_name
from ipuwhatif.figures.scenarios.own_figures import price_text
from ipuwhatif.gui.answering.question import QUESTIONS, Question, question_names
from ipuwhatif.gui.answering.view_options import VIEWS, view_name
from ipuwhatif.gui.finder.choice_entries import choice_entries
from ipuwhatif.gui.finder.entry import Entry, Findable, refused
from ipuwhatif.gui.keys_dialog import keys_text, menu_actions, plain_text
from ipuwhatif.gui.menu_action import Place, place_of
from ipuwhatif.gui.menus import FIND
from ipuwhatif.gui.theme import LIGHT
from ipuwhatif.records import replace
from ipuwhatif.scenario import edits
from ipuwhatif.scenario.levers import ASSUMPTION, Levers
from ipuwhatif.scenario.reasons import TooManySystems
from ipuwhatif.scenario.resolve import settings_for
from ipuwhatif.scenario.scenario import MOST_SYSTEMS, Scenario
from ipuwhatif.scenario.scopes import own_scope
from ipuwhatif.texts import tr
from ipuwhatif.units import RefusedError


def entries(window: Findable) -> tuple[Entry, ...]:
    """Everything there is to choose; what cannot be chosen now says why when it is."""
    tabs, commands = _commands(window)
    if window.world is None:
        return (*tabs, *commands)
    question, catalog = window.question, window.world.catalog
    views = [*tabs, *_views(window)]
    if catalog.workloads[question.scenario.workload].kind == RELATIVE:
        act = refused(tr("This workload is known by a stated ratio only: it has no such view."))
        views = [replace(entry, act=act, told=tr("not now"), possible=False) for entry in views]
    return (
        *views,
        *commands,
        *_systems(question, catalog),
        *choice_entries(question, catalog),
        *_levers(window, catalog, window.world.levers),
        *_prices(window, catalog),
    )


def system_entry(question: Question, choice: SystemChoice, catalog: Catalog) -> Entry:
    """A system to tick, or to untick where it is ticked."""
    told = tr("untick it") if choice in question.scenario.systems else tr("tick it")
    names = (short_name(choice, catalog), choice.key)
    act = partial(tick, question, choice, catalog)
    return Entry(system_name(choice, catalog), act, tr("system"), told, names=names)


def tick(question: Question, choice: SystemChoice, catalog: Catalog) -> None:
    """A system ticked, or unticked where it is. InputError where no other fits a chart.

    What was asked for by its name is what headlines speak of from then on.
    """
    present = choice not in question.scenario.systems
    if present:
        _refuse_too_many(question.scenario)
    edit = edits.tick_system(question.scenario, choice, present, catalog)
    if present and choice.key != edit.scenario.reference:
        edit = replace(edit, scenario=edits.set_subject(edit.scenario, choice, catalog).scenario)
    question.begin_gesture()
    question.apply(edit)


def _refuse_too_many(scenario: Scenario) -> None:
    if len(scenario.systems) >= MOST_SYSTEMS:
        raise RefusedError(TooManySystems(MOST_SYSTEMS))


def _commands(window: Findable) -> tuple[list[Entry], list[Entry]]:
    """Every action of the menus, the tabs apart: scenarios, stories and examples are among the others."""
    tabs, others = list[Entry](), list[Entry]()
    texts = set()
    for menu, action in menu_actions(window.menuBar()):
        if action.objectName() != FIND:
            texts.add(plain_text(action.text()))
            (tabs if _is_tab(action) else others).append(_command(menu, action))
    if tr("Light theme") not in texts:
        told = tr("on") if window.theme_name == LIGHT else tr("off")
        others.append(Entry(tr("Light theme"), partial(window.set_theme, LIGHT), tr("setting"), told))
    return tabs, others


def _command(menu: str, action: QAction) -> Entry:
    text, place = plain_text(action.text()), place_of(action)
    tip = action.toolTip() if action.toolTip() != text.removesuffix("…") else ""
    kind, told = _kind(place, action), "" if place == Place.VIEW else menu
    if action.isCheckable() and (place == Place.VIEW or action.isChecked()):
        told = tr("on") if action.isChecked() else tr("off")
    possible = action.isEnabled()
    act: Callable[[], object] = action.trigger
    if not possible:
        act, told = refused(tr("{command} has nothing to act on now.", command=text)), tr("not now")
    return Entry(text, act, kind, told, keys_text(action).partition(", ")[0], (), f"{menu} {tip}", possible)


def _is_tab(action: QAction) -> bool:
    """Whether an action turns to a tab."""
    return action.data() in QUESTIONS


def _kind(place: Place, action: QAction) -> str:
    """What an action of a menu is: told by where it stands and by whether it can be checked."""
    if _is_tab(action):
        return tr("view")
    kinds = {Place.LANGUAGES: tr("language"), Place.EXAMPLES: tr("example"), Place.STORIES: tr("story")}
    checked = tr("setting") if place == Place.VIEW else tr("scenario")
    return kinds.get(place, checked if action.isCheckable() else tr("command"))


def _views(window: Findable) -> Iterator[Entry]:
    """The views inside of tabs."""
    tabs = dict(zip(QUESTIONS, question_names(), strict=True))
    for question, views in VIEWS.items():
        for view in views:
            act = partial(window.turn_to, question, view)
            yield Entry(view_name(view), act, tr("view"), tabs[question], names=(view,), words=question)


def _systems(question: Question, catalog: Catalog) -> Iterator[Entry]:
    """Presets and whatever else is ticked, to tick or untick; and each as the subject and the reference."""
    scenario = question.scenario
    presets = {choice: key for key, choice in catalog.presets.items()}
    offered = tuple(dict.fromkeys((*presets, *scenario.systems)))
    for choice in offered:
        words = f"{presets.get(choice, '')} {catalog.chip_of(choice).name}"
        yield replace(system_entry(question, choice, catalog), words=words)
    for kind, word, edit, chosen in (
        (tr("reference"), tr("Reference"), edits.set_reference, scenario.reference),
        (tr("subject"), tr("Subject"), edits.set_subject, scenario.spoken_of),
    ):
        for choice in offered:
            text, ticked = f"{word} {system_name(choice, catalog)}", choice in scenario.systems
            held = tr("chosen") if choice.key == chosen else ""
            act = partial(_choose, question, choice, catalog, edit)
            told = held if ticked else tr("tick it")
            yield Entry(text, act, kind, told, names=(f"{word} {choice.key}",))


def _choose(
    question: Question,
    choice: SystemChoice,
    catalog: Catalog,
    edit: Callable[[Scenario, SystemChoice, Catalog], edits.Edit],
) -> None:
    """One of the ticked systems made the subject or the reference, or any other that is ticked for it."""
    scenario = question.scenario
    if choice not in scenario.systems:
        _refuse_too_many(scenario)
        scenario = edits.tick_system(scenario, choice, True, catalog).scenario
    question.begin_gesture()
    question.apply(edit(scenario, choice, catalog))


def _untouched(choice: SystemChoice, catalog: Catalog) -> Callable[[], object]:
    return refused(tr("{name} is not ticked: tick it first.", name=system_name(choice, catalog)))


def _levers(window: Findable, catalog: Catalog, levers: Levers) -> Iterator[Entry]:
    """Every lever of the system that is looked at, with what it is set to."""
    question = window.question
    choice, workload = question.selection, catalog.workloads[question.scenario.workload]
    if choice is None or workload.kind == RELATIVE:
        return
    settings = settings_for(question.scenario, choice, catalog)
    for key, lever in levers.items():
        scope, value = settings.get(key, (own_scope(lever, choice, catalog), lever.default))
        kind = tr("assumption") if lever.kind == ASSUMPTION else tr("lever")
        name = name_within(lever)
        text = tr("{whose} {lever}", whose=whose_name(scope, catalog), lever=name)
        told, possible = tr(lever.unset) if value is None else value_text(lever, value), lever.acts_on(workload.traits)
        act: Callable[[], object] = partial(window.show_lever, key)
        if not possible:
            act, told = refused(tr("{lever} is for language models", lever=lever_name(lever))), tr("not now")
        yield Entry(text, act, kind, told, names=(lever_name(lever), key), words=lever.group, possible=possible)


def _prices(window: Findable, catalog: Catalog) -> Iterator[Entry]:
    """The field for the price of each system."""
    question, scenario = window.question, window.question.scenario
    if catalog.workloads[scenario.workload].kind == RELATIVE:
        return

    def show(choice: SystemChoice) -> None:
        question.select(choice)
        window.show_price()

    for choice in dict.fromkeys((*catalog.presets.values(), *scenario.systems)):
        name, ticked = system_name(choice, catalog), choice in scenario.systems
        act = partial(show, choice) if ticked else _untouched(choice, catalog)
        price = scenario.prices.get(choice.key)
        told = (tr("not stated") if price is None else price_text(price)) if ticked else tr("not ticked")
        yield Entry(tr("Price of {name}", name=name), act, tr("price"), told, possible=ticked)

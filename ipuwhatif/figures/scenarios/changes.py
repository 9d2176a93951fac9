"""What an edit does and what two scenarios differ in, in words: "Reference IPU-POD16 (16 IPUs)", "target 1 min"."""

from ipuwhatif.figures.scenarios.lever_words import lever_name, name_within, value_text
from ipuwhatif.figures.scenarios.names import family_name
from ipuwhatif.scenario.changes import Changed, ChangeKind, ForScope, LeverFor, SetToDefault, SeveralChanges, SpreadOver
from ipuwhatif.scenario.levers import EVERY
from ipuwhatif.scenario.moved_levers import Lettered, MovedLever
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import told

#: The text of a change, and the places of what it is about.
_TEXTS: dict[ChangeKind, tuple[str, ...]] = {
    ChangeKind.WORKLOAD: (marked("Workload {name}"), "name"),
    ChangeKind.AMOUNT: (marked("Amount of work {amount}"), "amount"),
    ChangeKind.DEFAULT_AMOUNT: (marked("Amount of work back to default"),),
    ChangeKind.SIZES: (marked("{title} {sizes}"), "title", "sizes"),
    ChangeKind.DEFAULT_SIZES: (marked("{title} back to default"), "title"),
    ChangeKind.SOFTWARE: (marked("Software {name}"), "name"),
    ChangeKind.SOFTWARE_BY_RELEASE: (marked("Software by the release"),),
    ChangeKind.TIME_TODAY: (marked("Time today {time}"), "time"),
    ChangeKind.TIME_TODAY_BACK: (marked("Time today taken back"),),
    ChangeKind.NO_TIME_TODAY: (marked("no time today"),),
    ChangeKind.STATEMENT: (marked("Statement {subject}"), "subject"),
    ChangeKind.FIRST_STATEMENT: (marked("Statement back to the first"),),
    ChangeKind.RECIPE: (marked("Recipe {name}"), "name"),
    ChangeKind.OTHER_RECIPE: (marked("Recipe {new} in place of {old}"), "new", "old"),
    ChangeKind.RELEASE: (marked("Software as of {release}"), "release"),
    ChangeKind.OTHER_RELEASE: (marked("Software as of {new} in place of {old}"), "new", "old"),
    ChangeKind.LAYOUT: (marked("Layout {policy}"), "policy"),
    ChangeKind.REFERENCE: (marked("Reference {name}"), "name"),
    ChangeKind.NO_REFERENCE: (marked("no reference"),),
    ChangeKind.SUBJECT: (marked("Subject {name}"), "name"),
    ChangeKind.ADD: (marked("Add {name}"), "name"),
    ChangeKind.REMOVE: (marked("Remove {name}"), "name"),
    ChangeKind.ADDS: (marked("adds {name}"), "name"),
    ChangeKind.WITHOUT: (marked("without {name}"), "name"),
    ChangeKind.UP: (marked("Move {name} up"), "name"),
    ChangeKind.DOWN: (marked("Move {name} down"), "name"),
    ChangeKind.ANOTHER_ORDER: (marked("systems in another order"),),
    ChangeKind.COMPARE: (marked("Compare {basis}"), "basis"),
    ChangeKind.IN_PLACE_OF: (marked("{new} in place of {old}"), "new", "old"),
    ChangeKind.HEADLINE: (marked("Headline"),),
    ChangeKind.HEADLINE_BACK: (marked("Headline by rule"),),
    ChangeKind.OWN_HEADLINE: (marked("headline “{text}”"), "text"),
    ChangeKind.HEADLINE_BY_RULE: (marked("headline by rule"),),
    ChangeKind.SPEAKS_OF: (marked("headlines speak of {name}"), "name"),
    ChangeKind.OFFICIAL_SHOWN: (marked("Show official results"),),
    ChangeKind.OFFICIAL_HIDDEN: (marked("Hide official results"),),
    ChangeKind.SHOWS_OFFICIAL: (marked("shows official results"),),
    ChangeKind.HIDES_OFFICIAL: (marked("hides official results"),),
    ChangeKind.TARGET: (marked("Target {time}"), "time"),
    ChangeKind.TARGET_BACK: (marked("Target taken back"),),
    ChangeKind.SEEKS: (marked("target {time}"), "time"),
    ChangeKind.SEEKS_NOTHING: (marked("no target"),),
    ChangeKind.START: (marked("Start {day}"), "day"),
    ChangeKind.START_BACK: (marked("Start taken back"),),
    ChangeKind.STARTS: (marked("start {day}"), "day"),
    ChangeKind.STARTS_NEVER: (marked("no start"),),
    ChangeKind.LOGARITHMIC: (marked("logarithmic time axis"),),
    ChangeKind.LINEAR: (marked("linear time axis"),),
    ChangeKind.PRICE: (marked("Price of {name} {price}"), "name", "price"),
    ChangeKind.PRICE_BACK: (marked("Price of {name} taken back"), "name"),
    ChangeKind.PRICED: (marked("{name} at {price}"), "name", "price"),
    ChangeKind.NO_PRICE: (marked("no price of {name}"), "name"),
    ChangeKind.SAME_ORIGIN: (marked("Same date and origin for all prices"),),
    ChangeKind.PROFILE: (marked("Projections follow profile {name}"), "name"),
    ChangeKind.PROFILE_BACK: (marked("Projections follow no profile"),),
    ChangeKind.FOLLOWS: (marked("follows profile {name}"), "name"),
    ChangeKind.FOLLOWS_NONE: (marked("follows no profile"),),
    ChangeKind.MEASURED: (marked("Measurement on {name}"), "name"),
    ChangeKind.MEASURED_BACK: (marked("Measurement on {name} taken back"), "name"),
    ChangeKind.MEASURED_AS: (marked("measured on {name}: {value}"), "name", "value"),
    ChangeKind.NOTHING_MEASURED: (marked("nothing measured on {name}"), "name"),
    ChangeKind.FOLLOWS_MEASURED: (marked("Projections follow the measurement on {name}"), "name"),
    ChangeKind.LEAVES_MEASURED: (marked("Projections leave the measurement on {name}"), "name"),
    ChangeKind.RESULTS_MARKED: (marked("Your own results marked"),),
    ChangeKind.ADD_SCENARIO: (marked("Add scenario {name}"), "name"),
    ChangeKind.DUPLICATE_SCENARIO: (marked("Duplicate scenario {name}"), "name"),
    ChangeKind.REMOVE_SCENARIO: (marked("Remove scenario {name}"), "name"),
    ChangeKind.RENAME_SCENARIO: (marked("Rename scenario {letter}"), "letter"),
    ChangeKind.LEVERS_BACK: (marked("Every lever and assumption back to default"),),
    ChangeKind.YOUR_PROFILE: (marked("your profile {name}"), "name"),
    ChangeKind.YOUR_MEASUREMENT: (marked("your measurement on {name}"), "name"),
}


@told.register
def _(said: Changed) -> str:
    if said.change == ChangeKind.SPEAKS_OF_FIRST:
        return tr("headlines speak of {name}", name=tr("the first system"))
    text, *places = _TEXTS[said.change]
    return tr(text, **dict(zip(places, (told(said.first), told(said.second)), strict=False)))


@told.register
def _(said: SetToDefault) -> str:
    return tr("{whose} {lever} set to default", whose=told(said.whose), lever=name_within(said.lever))


@told.register
def _(said: SpreadOver) -> str:
    name = lever_name(said.lever)
    if said.value is None:
        return tr("{lever} taken back", lever=name)
    return tr("{lever} {value}", lever=name, value=value_text(said.lever, said.value))


@told.register
def _(said: ForScope) -> str:
    if not said.family:
        return tr("for {name} alone", name=told(said.name))
    if said.family == EVERY:
        return tr("for all systems")
    return tr("for every {family} system", family=family_name(said.family))


@told.register
def _(said: LeverFor) -> str:
    name = lever_name(said.lever)
    if said.whom is None:
        return name
    if not said.whom.family:
        return tr("{lever} for {name} alone", lever=name, name=told(said.whom.name))
    return tr("{lever} {whose}", lever=name, whose=told(said.whom))


@told.register
def _(said: SeveralChanges) -> str:
    return tr(", ").join(map(told, said.changes))


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

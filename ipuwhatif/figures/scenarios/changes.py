"""What an edit does and what two scenarios differ in, in words: "Reference IPU-POD16 (16 IPUs)", "target 1 min"."""

from ipuwhatif.figures.scenarios.lever_words import lever_name, name_within, value_text
from ipuwhatif.figures.scenarios.names import family_name
from ipuwhatif.scenario.changes import Change, Changed, ForScope, LeverFor, SetToDefault, SpreadOver, Together
from ipuwhatif.scenario.levers import EVERY
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import told

#: The text of a change, and the places of what it is about.
_TEXTS: dict[Change, tuple[str, ...]] = {
    Change.WORKLOAD: (marked("Workload {name}"), "name"),
    Change.AMOUNT: (marked("Amount of work {amount}"), "amount"),
    Change.DEFAULT_AMOUNT: (marked("Amount of work back to default"),),
    Change.SIZES: (marked("{title} {sizes}"), "title", "sizes"),
    Change.DEFAULT_SIZES: (marked("{title} back to default"), "title"),
    Change.SOFTWARE: (marked("Software {name}"), "name"),
    Change.SOFTWARE_BY_RELEASE: (marked("Software by the release"),),
    Change.TIME_TODAY: (marked("Time today {time}"), "time"),
    Change.TIME_TODAY_BACK: (marked("Time today taken back"),),
    Change.NO_TIME_TODAY: (marked("no time today"),),
    Change.STATEMENT: (marked("Statement {subject}"), "subject"),
    Change.FIRST_STATEMENT: (marked("Statement back to the first"),),
    Change.RECIPE: (marked("Recipe {name}"), "name"),
    Change.OTHER_RECIPE: (marked("Recipe {new} in place of {old}"), "new", "old"),
    Change.RELEASE: (marked("Software as of {release}"), "release"),
    Change.OTHER_RELEASE: (marked("Software as of {new} in place of {old}"), "new", "old"),
    Change.LAYOUT: (marked("Layout {policy}"), "policy"),
    Change.REFERENCE: (marked("Reference {name}"), "name"),
    Change.NO_REFERENCE: (marked("no reference"),),
    Change.SUBJECT: (marked("Subject {name}"), "name"),
    Change.ADD: (marked("Add {name}"), "name"),
    Change.REMOVE: (marked("Remove {name}"), "name"),
    Change.ADDS: (marked("adds {name}"), "name"),
    Change.WITHOUT: (marked("without {name}"), "name"),
    Change.UP: (marked("Move {name} up"), "name"),
    Change.DOWN: (marked("Move {name} down"), "name"),
    Change.ANOTHER_ORDER: (marked("systems in another order"),),
    Change.COMPARE: (marked("Compare {basis}"), "basis"),
    Change.IN_PLACE_OF: (marked("{new} in place of {old}"), "new", "old"),
    Change.HEADLINE: (marked("Headline"),),
    Change.HEADLINE_BACK: (marked("Headline by rule"),),
    Change.OWN_HEADLINE: (marked("headline “{text}”"), "text"),
    Change.HEADLINE_BY_RULE: (marked("headline by rule"),),
    Change.SPEAKS_OF: (marked("headlines speak of {name}"), "name"),
    Change.OFFICIAL_SHOWN: (marked("Show official results"),),
    Change.OFFICIAL_HIDDEN: (marked("Hide official results"),),
    Change.SHOWS_OFFICIAL: (marked("shows official results"),),
    Change.HIDES_OFFICIAL: (marked("hides official results"),),
    Change.TARGET: (marked("Target {time}"), "time"),
    Change.TARGET_BACK: (marked("Target taken back"),),
    Change.SEEKS: (marked("target {time}"), "time"),
    Change.SEEKS_NOTHING: (marked("no target"),),
    Change.START: (marked("Start {day}"), "day"),
    Change.START_BACK: (marked("Start taken back"),),
    Change.STARTS: (marked("start {day}"), "day"),
    Change.STARTS_NEVER: (marked("no start"),),
    Change.LOGARITHMIC: (marked("logarithmic time axis"),),
    Change.LINEAR: (marked("linear time axis"),),
    Change.PRICE: (marked("Price of {name} {price}"), "name", "price"),
    Change.PRICE_BACK: (marked("Price of {name} taken back"), "name"),
    Change.PRICED: (marked("{name} at {price}"), "name", "price"),
    Change.NO_PRICE: (marked("no price of {name}"), "name"),
    Change.SAME_ORIGIN: (marked("Same date and origin for all prices"),),
    Change.PROFILE: (marked("Projections follow profile {name}"), "name"),
    Change.PROFILE_BACK: (marked("Projections follow no profile"),),
    Change.FOLLOWS: (marked("follows profile {name}"), "name"),
    Change.FOLLOWS_NONE: (marked("follows no profile"),),
    Change.MEASURED: (marked("Measurement on {name}"), "name"),
    Change.MEASURED_BACK: (marked("Measurement on {name} taken back"), "name"),
    Change.MEASURED_AS: (marked("measured on {name}: {value}"), "name", "value"),
    Change.NOTHING_MEASURED: (marked("nothing measured on {name}"), "name"),
    Change.FOLLOWS_MEASURED: (marked("Projections follow the measurement on {name}"), "name"),
    Change.LEAVES_MEASURED: (marked("Projections leave the measurement on {name}"), "name"),
    Change.RESULTS_MARKED: (marked("Your own results marked"),),
    Change.YOUR_PROFILE: (marked("your profile {name}"), "name"),
    Change.YOUR_MEASUREMENT: (marked("your measurement on {name}"), "name"),
}


@told.register
def _(said: Changed) -> str:
    if said.change == Change.SPEAKS_OF_FIRST:
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
def _(said: Together) -> str:
    return tr(", ").join(map(told, said.changes))

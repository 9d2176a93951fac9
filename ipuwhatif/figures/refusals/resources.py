"""Why a document, a table, a chip of one's own or the name of a system is not taken, in words."""

from ipuwhatif.catalog.reasons import Absurd, AtByte, AtLine, ChipsOutside, Flaw, Flawed, InFile, Within
from ipuwhatif.figures.phrase import phrase
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import format_number, format_quantity, quoted, told

phrase(AtLine, marked("line {line}"))
phrase(AtByte, marked("byte {position}"))


@told.register
def _(said: InFile) -> str:
    return f"{said.file}, {told(said.place)}: {told(said.reason)}"


@told.register
def _(said: Within) -> str:
    return f"{told(said.place)}{said.path}"


#: What is said of a flaw: texts in which name and value stand in quotes.
_QUOTED = {
    Flaw.NOT_UTF8: marked("not UTF-8 text"),
    Flaw.NESTED_TOO_DEEPLY: marked("broken JSON: nested too deeply"),
    Flaw.NO_OBJECT: marked("not a JSON object"),
    Flaw.DUPLICATE: marked("duplicate key {name}"),
    Flaw.KEY_MISSING: marked("key {name} is missing"),
    Flaw.KEY_UNKNOWN: marked("key {name} is unknown; nearest: {nearest}"),
    Flaw.KEY_OF_NO_MEMBER: marked("key {name} is unknown"),
    Flaw.KEY_NOT_ABOVE_0: marked("key {name} is not above 0"),
    Flaw.NO_TEXT: marked("key {name} is not a text"),
    Flaw.NO_NUMBER: marked("key {name} is not a finite number"),
    Flaw.NO_FLAG: marked("key {name} is not true or false"),
    Flaw.NO_TEXTS: marked("key {name} is not a list of texts"),
    Flaw.NO_WHOLE_NUMBERS: marked("key {name} is not a list of whole numbers above 0"),
    Flaw.NO_CHILD: marked("key {name} is not an object"),
    Flaw.NO_CHILDREN: marked("key {name} is not a list of objects"),
    Flaw.NAME_UNKNOWN: marked("{name} is unknown; nearest: {nearest}"),
    Flaw.COLUMN_MISSING: marked("column {name} is missing"),
    Flaw.COLUMN_TWICE: marked("duplicate key: column {name} stands twice"),
    Flaw.COLUMN_EMPTY: marked("column {name} is empty"),
    Flaw.COLUMN_UNKNOWN: marked("column {name} is unknown; nearest: {nearest}"),
    Flaw.CELL_UNKNOWN: marked("column {name}: {value} is unknown; nearest: {nearest}"),
    Flaw.CELL_NO_NUMBER: marked("column {name}: {value} is not a finite number"),
    Flaw.CELL_NO_COUNT: marked("column {name}: {value} is not a count"),
    Flaw.NOT_FINITE: marked("{name} is not a finite number"),
    Flaw.NO_NOTE: marked("origin is missing: a derived figure needs a note that says how"),
    Flaw.NO_RULE: marked("origin is missing: origins.json has no rule for this file"),
    Flaw.NO_PRODUCER: marked("origin is missing: origins.json names no producer for {name}"),
    Flaw.NOT_WHO_AND_WHEN: marked("origin is missing: {name} does not say who, by whom and when"),
    Flaw.ORIGIN_EMPTY: marked("origin is missing: column {name} is empty"),
    Flaw.ORIGIN_KIND_UNKNOWN: marked("origin kind {name} is unknown; nearest: {nearest}"),
    Flaw.NEGATIVE: marked("the figure is negative or not a finite number"),
    Flaw.NO_SINGLE_NUMBER: marked("{name} is not a single number: {value}"),
    Flaw.SAME_SOURCE_TWICE: marked("duplicate key {name}: the same value from the same source"),
    Flaw.ATTRIBUTE_UNKNOWN: marked("attribute {name} is unknown; nearest: {nearest}"),
    Flaw.ENTRY_UNKNOWN: marked("entry {name} is unknown; nearest: {nearest}"),
    Flaw.UNIT_UNKNOWN: marked("wrong unit: {name} is unknown; nearest: {nearest}"),
    Flaw.UNIT_OF_NO_SPEED: marked("wrong unit: {name} is neither a rate nor a time"),
    Flaw.PATTERN_FITS_NOT: marked("pattern {name} does not fit {value}"),
    Flaw.SYSTEM_MISSING: marked("system {name} is missing"),
    Flaw.SYSTEM_UNKNOWN: marked("unknown system {name}; nearest: {nearest}"),
    Flaw.SYSTEM_KEY_UNKNOWN: marked("system {name} is unknown; nearest: {nearest}"),
    Flaw.CHIP_UNKNOWN: marked("unknown chip {name}; nearest: {nearest}"),
    Flaw.FAMILY_UNKNOWN: marked("family {name} is unknown; nearest: {nearest}"),
    Flaw.MINIMUM_ABOVE_MAXIMUM: marked("minimum_chips is above maximum_chips"),
    Flaw.NO_RULE_WITHOUT_PATTERN: marked("a rule needs a pattern"),
    Flaw.MACHINES_OR_CHIPS: marked("a price is either of machines or of one chip count"),
    Flaw.GIVEN_OR_UNKNOWN: marked("{name} is neither given nor said to be unknown, or both"),
    Flaw.NAME_NOT_ABOVE_0: marked("{name} is not above 0"),
    Flaw.SAME_BENCHMARK: marked("duplicate key: another workload has this benchmark"),
    Flaw.NO_RECIPE: marked("a workload needs a recipe"),
    Flaw.NO_STATEMENT: marked("a relative workload needs a statement"),
    Flaw.CLAIM_UNKNOWN: marked("claim {name} is unknown; nearest: {nearest}"),
    Flaw.CLAIM_NO_RATIO: marked("wrong unit: claim {name} is no ratio"),
    Flaw.NO_ENTRY_OF_LAYOUT: marked("no entry {name} has this layout"),
    Flaw.NO_FIRST_ENTRY: marked("no first entry of this benchmark is {name}"),
    Flaw.LAYOUT_NOT_THE_BATCH: marked("the layout does not multiply out to the global batch of its entry"),
    Flaw.BATCH_NOT_IN_STEPS: marked("the batch of a GPU does not divide into its gradient steps"),
    Flaw.SETTINGS_NO_COUNT: marked("column 'hyperparams': the decay steps are not a count"),
    Flaw.OFF_SCALE: marked("{name}: the prior has no place on its scale"),
    Flaw.NO_DATE: marked('key {name} is not a date, "2025-03"'),
    Flaw.NO_KEY: marked(
        "key {name} is not a name of small letters, digits and hyphens that begins with a letter, up to 40"
    ),
    Flaw.SHIPPED_ALREADY: marked("{name} is shipped already; write another key, such as {nearest}"),
    Flaw.MACHINE_ABOVE_MAXIMUM: marked("chips_per_machine is above maximum_chips"),
    Flaw.ORIGIN_UNKNOWN: marked("origin {name} is in no table [origins.NAME]; nearest: {nearest}"),
    Flaw.COUNT_MISSING: marked("system {name} needs a chip count, such as {nearest}"),
    Flaw.COUNT_TWICE: marked("system {name}: {value} already is {nearest}"),
}
#: Those in which some stand as they are: what is in quotes in them.
_MIXED = {
    Flaw.BROKEN_JSON: ("", marked("broken JSON: {value}")),
    Flaw.NO_CONSTANT: ("", marked("{value} is not a finite number")),
    Flaw.NO_WHOLE_NUMBER: ("name", marked("key {name} is not a whole number from 1 to {value}")),
    Flaw.VALUE_UNKNOWN: ("value", marked("{name} {value} is unknown; nearest: {nearest}")),
    Flaw.RAGGED: ("", marked("{name} cells where the header has {value}")),
    Flaw.CELL_NOT_ABOVE_0: ("name", marked("column {name}: {value} is not above 0")),
    Flaw.BROKEN_TEMPLATE: ("", marked("broken template: {value}")),
    Flaw.ROW_UNKNOWN: ("name", marked("{name} is in no row of {value}; nearest: {nearest}")),
    Flaw.UNIT_ELSE: ("name", marked("wrong unit: {name} is in {value}, not in {nearest}")),
    Flaw.RATIO_OF_UNITS: ("", marked("wrong unit: a ratio of {name} and {value}")),
    Flaw.PATTERN_BROKEN: ("name", marked("pattern {name} is broken: {value}")),
    Flaw.CHIPS_OUT_OF_RANGE: ("", marked("{value} chips are out of range for {name}")),
    Flaw.TWO_SYSTEMS: ("", marked("the entry fits two systems: {name}")),
    Flaw.NO_CHIP_OF_NAME: ("value", marked("{name} knows no chip of {value}")),
    Flaw.SAYS_NOTHING_OF: ("value", marked("{name} says nothing of {value}")),
    Flaw.IN_NO_ROW: ("name", marked("{name} is in no row of {value}")),
    Flaw.BATCH_IN_TWO_FAMILIES: ("", marked("duplicate key: batch {name} stands in two families")),
    Flaw.BATCH_IN_NO_FAMILY: ("", marked("batch {name} is in no recipe family of workloads.json")),
    Flaw.SETTINGS_BROKEN: ("", marked("column 'hyperparams': broken JSON: {value}")),
    Flaw.ANCHORS: ("", marked("the anchor is one release, here {name}")),
    Flaw.TOO_LARGE: ("", marked("{name} is larger than {value} bytes")),
    Flaw.NO_TOML: ("", marked("{name} is no TOML: {value}")),
    Flaw.NO_NAME: ("name", marked("key {name} is not a name of up to {value} letters without brackets")),
    Flaw.ABSURD_COUNT: ("", marked("{name}: {value} is absurd; write up to {nearest}")),
    Flaw.FIGURE_MISSING: ("name", marked("key {name} is missing; write {value}")),
    Flaw.NETWORK_MISSING: (
        "name",
        marked(
            "key {name} is missing; write {value}, or a maximum_chips that links alone join, up to chips_per_domain"
        ),
    ),
    Flaw.NO_ORIGIN: (
        "nearest",
        marked(
            "it has no origin; write origin = {nearest} and a table [origins.NAME] with title, locator, date and kind"
        ),
    ),
}


@told.register
def _(said: Flawed) -> str:
    quotes, text = _MIXED[said.flaw] if said.flaw in _MIXED else ("name value", _QUOTED[said.flaw])
    fields = {"name": said.name, "value": said.value, "nearest": said.nearest}
    return tr(text, **{name: quoted(field) if name in quotes else field for name, field in fields.items()})


@told.register
def _(said: Flaw) -> str:
    return told(Flawed(said))


@told.register
def _(said: Absurd) -> str:
    return tr(
        "{value} {unit} is absurd; write from {low} to {high}",
        value=format_number(said.value),
        unit=said.unit,
        low=format_quantity(said.low, said.base),
        high=format_quantity(said.high, said.base),
    )


@told.register
def _(said: ChipsOutside) -> str:
    fault = tr(
        "system {text}: the chip count must be a whole number from {smallest} to {largest}",
        text=quoted(said.text),
        smallest=format_number(said.low),
        largest=format_number(said.high),
    )
    if said.nearest is None:
        return tr("{fault}, such as {key}", fault=fault, key=f"{said.system}:{said.usual}")
    return tr("{fault}; the nearest is {key}", fault=fault, key=f"{said.system}:{said.nearest}")

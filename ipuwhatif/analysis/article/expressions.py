"""Small expressions over evidence: a closed set of named operations, read from data and never evaluated as code.

An expression joins figures of one kind only, official with official, published with published, projected with
projected, as the MLPerf® messaging guidelines ask.
"""

from collections.abc import Callable, Iterable

from ipuwhatif.analysis.article.reasons import (
    JoinsKinds,
    JoinsMeasures,
    NoExpression,
    NotLogged,
    NotOne,
    OfNothing,
    RunsOnNone,
    UnknownSystem,
    UnknownWord,
)
from ipuwhatif.analysis.attribution.attribution import OFFICIAL, PROJECTION, find_entry
from ipuwhatif.analysis.project import project
from ipuwhatif.analysis.results import Projection
from ipuwhatif.analysis.solving.solve import solve_center
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.datum import Origin
from ipuwhatif.catalog.documents import Node
from ipuwhatif.catalog.types import OfficialResult, SystemChoice
from ipuwhatif.model.case import Case
from ipuwhatif.model.layouts.layout import reason_not_to_fit
from ipuwhatif.records import Record
from ipuwhatif.units import RefusedError, nearest

PUBLISHED = "published"
#: What a value measures: seconds, a quotient, a factor as logged, a share less, a relative change, samples, samples/s.
TIME, RATIO, FACTOR, LESS, CHANGE, SAMPLES, RATE = "time", "ratio", "factor", "less", "change", "samples", "rate"


class Source(Record, frozen=True):
    """One figure that a value rests on."""

    key: str  # of an entry, a published result, or a projected system
    kind: str  # OFFICIAL, PUBLISHED or PROJECTION
    origin: Origin | None  # None of a projection
    official: OfficialResult | None = None
    projection: Projection | None = None
    over: tuple[int, int] | None = None  # of the least of several projections: the first and the last chip count


class Value(Record, frozen=True):
    """A computed figure: TIME in seconds, LESS and CHANGE as parts of 1."""

    number: float
    measure: str
    sources: tuple[Source, ...]


class Official(Record, frozen=True):
    """A figure of one entry: "score", "measured", "samples", "throughput" (training only) or "scale"."""

    key: str
    figure: str


class Published(Record, frozen=True):
    """The one published result of a model on a platform in a unit, by a producer; any precision where none is named."""

    model: str
    platform: str
    unit: str
    producer: str
    precision: str = ""


class LeastTime(Record, frozen=True):
    """The least projected time-to-train over all chip counts of a system family, the layout searched at each."""

    workload: str
    recipe: str
    release: str
    system: str


class Operation(Record, frozen=True):
    """One of OPERATIONS on two expressions."""

    name: str
    first: "Expression"
    second: "Expression"


Expression = Official | Published | LeastTime | Operation

FIGURES: dict[str, tuple[str, Callable[[OfficialResult], float | None]]] = {
    "score": (TIME, lambda entry: entry.score_s),
    "measured": (TIME, lambda entry: entry.measured_s),
    "samples": (SAMPLES, lambda entry: entry.samples_to_target),
    "throughput": (
        RATE,
        lambda entry: None if entry.training_s is None else entry.samples_to_target / entry.training_s,
    ),
    "scale": (FACTOR, lambda entry: entry.time_scale),
}
#: Name -> names of its two operands, what it measures (None: what they do), and how it is computed.
OPERATIONS: dict[str, tuple[tuple[str, str], str | None, Callable[[float, float], float]]] = {
    "ratio": (("of", "over"), RATIO, lambda first, second: first / second),
    "difference": (("of", "minus"), None, lambda first, second: first - second),
    "less": (("from", "to"), LESS, lambda first, second: 1.0 - second / first),
    "change": (("from", "to"), CHANGE, lambda first, second: second / first - 1.0),
}
_LEAVES = (OFFICIAL, PUBLISHED, "least_time")


def read_expression(node: Node) -> Expression:
    """An expression from a scenario. InputError with file, place and reason for anything that is not one."""
    if node.has("operation"):
        return _read_operation(node)
    kinds = [name for name in _LEAVES if node.has(name)]
    if len(kinds) != 1:
        raise node.refuse(NoExpression(("operation", *_LEAVES)))
    leaf: Expression
    if kinds == [OFFICIAL]:
        leaf = Official(node.text(OFFICIAL), _known(node, "figure", FIGURES))
    else:
        inner = node.child(kinds[0])
        if kinds == [PUBLISHED]:
            model, platform, unit, producer = (inner.text(name) for name in ("model", "platform", "unit", "producer"))
            leaf = Published(model, platform, unit, producer, inner.text("precision", ""))
        else:
            leaf = LeastTime(*(inner.text(name) for name in ("workload", "recipe", "release", "system")))
        inner.close()
    node.close()
    return leaf


def evaluate(expression: Expression, world: World) -> Value:
    """The value. InputError where a key is unknown, a figure is not logged or two kinds of figures are joined."""
    if isinstance(expression, Operation):
        return _operate(expression, evaluate(expression.first, world), evaluate(expression.second, world))
    if isinstance(expression, Official):
        return _official(expression, world)
    if isinstance(expression, Published):
        return _published(expression, world)
    return _least_time(expression, world)


def distinct(sources: Iterable[Source]) -> tuple[Source, ...]:
    """The sources in their order, each once."""
    return tuple({(source.kind, source.key): source for source in sources}.values())


def _read_operation(node: Node) -> Operation:
    name = _known(node, "operation", OPERATIONS)
    first, second = OPERATIONS[name][0]
    operation = Operation(name, read_expression(node.child(first)), read_expression(node.child(second)))
    node.close()
    return operation


def _known(node: Node, name: str, choices: Iterable[str]) -> str:
    word, words = node.text(name), list(choices)
    if word not in words:
        raise node.refuse(UnknownWord(name, word, nearest(word, words)))
    return word


def _operate(operation: Operation, first: Value, second: Value) -> Value:
    _, measure, compute = OPERATIONS[operation.name]
    if first.measure != second.measure:
        raise RefusedError(JoinsMeasures(operation.name, first.measure, second.measure))
    sources = distinct((*first.sources, *second.sources))
    kinds = dict.fromkeys(source.kind for source in sources)
    if len(kinds) > 1:
        raise RefusedError(JoinsKinds(operation.name, tuple(kinds)))
    if operation.name != "difference" and (first.number == 0 or second.number == 0):
        raise RefusedError(OfNothing(operation.name))
    return Value(compute(first.number, second.number), measure or first.measure, sources)


def _official(expression: Official, world: World) -> Value:
    entry = find_entry(world.catalog, expression.key)
    measure, figure = FIGURES[expression.figure]
    number = figure(entry)
    if number is None:
        raise RefusedError(NotLogged(entry.key, expression.figure))
    return Value(number, measure, (Source(entry.key, OFFICIAL, entry.origin, official=entry),))


def _published(expression: Published, world: World) -> Value:
    wanted = (expression.model, expression.platform, expression.unit, expression.producer)
    found = [
        result
        for result in world.catalog.published
        if (str(result.model), result.platform, result.unit, result.origin.producer) == wanted
        and expression.precision in ("", result.precision)
    ]
    if len(found) != 1:
        raise RefusedError(NotOne(len(found), wanted))
    measure = RATE if found[0].unit == "samples/s" else TIME
    return Value(found[0].value, measure, (Source(found[0].key, PUBLISHED, found[0].origin),))


def _least_time(expression: LeastTime, world: World) -> Value:
    catalog = world.catalog
    if expression.system not in catalog.systems:
        raise RefusedError(UnknownSystem(expression.system, nearest(expression.system, catalog.systems)))
    system = catalog.systems[expression.system]
    counts = range(system.chips_per_machine, system.maximum_chips + 1, system.chips_per_machine)
    cases = [
        Case(expression.workload, SystemChoice(system.key, chips), expression.release, expression.recipe)
        for chips in counts
    ]
    running = [case for case in cases if not reason_not_to_fit(catalog, case)]
    if not running:
        raise RefusedError(RunsOnNone(expression.workload, system.name))
    least = running[int(solve_center(world, running).time_to_train[0].argmin())]
    projection = project(world, least)
    source = Source(projection.choice.key, PROJECTION, None, projection=projection, over=(counts[0], counts[-1]))
    return Value(projection.time_to_train_s.median, TIME, (source,))

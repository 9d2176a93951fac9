"""The ops of a graph as software trains it: what only moves is joined as compilers and hand-written kernels join it.

A file writes one node for each step of a formula: GELU takes five, layer normalisation nine. Nobody runs them so. Here
nodes that work value by value join those that read them alone; a rectifier or a bias is done with the product or the
normalisation before it. That is how the shipped op graphs stand, so that one network takes as long from either.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from ipuwhatif.networks.builders import elementwise
from ipuwhatif.networks.graph import ATTENTION, ELEMENTWISE, HALF_PRECISION_BYTES, Op
from ipuwhatif.records import Record, replace

#: Nodes that work value by value, or along an axis of what they read.
JOINING = frozenset(
    (
        "Abs", "Add", "Celu", "Clip", "Cos", "Div", "Elu", "Erf", "Exp", "Gelu", "HardSigmoid", "HardSwish",
        "LeakyRelu", "Log", "Max", "Min", "Mish", "Mul", "Neg", "PRelu", "Pow", "Reciprocal", "ReduceMean",
        "ReduceSum", "ReduceL2", "Relu", "Selu", "Sigmoid", "Sin", "Softplus", "Softsign", "Sqrt", "Sub", "Sum",
        "Swish", "Tanh", "Where",
    )
)  # fmt: skip
#: What scores go through between the two products of attention.
SCORING = JOINING | {"Dropout", "Softmax"}
#: What costs nothing beside the product or the normalisation before it.
RECTIFIERS = frozenset(("Relu", "LeakyRelu", "Clip", "PRelu"))
BIASES = frozenset(("Add", "Mul", "Sub"))
NORMALISATIONS = frozenset(("BatchNormalization", "InstanceNormalization", "GroupNormalization", "LayerNormalization"))
MOST_KINDS = 4  # of a joined op that its name tells


class Step(Record, frozen=True):
    """A node that was counted: the values that it reads and writes by name, weights left out."""

    kind: str
    op: Op
    reads: tuple[str, ...]
    writes: tuple[str, ...]


def as_trained(
    steps: Sequence[Step], values: Mapping[str, int], given: frozenset[str], asked: frozenset[str]
) -> list[Op]:
    """The ops of the steps, joined. values: of each name; given: names of the inputs; asked: names of the outputs."""
    readers: dict[str, list[int]] = defaultdict(list)
    for place, step in enumerate(steps):
        for name in step.reads:
            readers[name].append(place)
    groups = _groups(steps, readers, asked)
    writers = {name: place for place, step in enumerate(steps) for name in step.writes}
    ops: dict[int, Op] = {}
    for group, members in groups.items():
        joined = [steps[place] for place in members]
        if len(joined) == 1 and joined[0].kind not in JOINING:
            ops[group] = _lone(joined[0], given, [steps[place] for name in joined[0].writes for place in readers[name]])
            continue
        before = _before(joined, steps, readers, writers)
        if before is not None and before in ops:
            ops[before] = _with(ops[before], joined)
        else:
            ops[group] = _joined(joined, values, readers, members, asked)
    for softmax in (place for place, step in enumerate(steps) if step.kind == "Softmax"):
        between = scores_of(softmax, steps, values, readers, writers)
        for group, members in groups.items():
            if group in ops:
                ops[group] = _scored(ops[group], [steps[place] for place in members], between, values)
    return list(ops.values())


def scores_of(
    softmax: int,
    steps: Sequence[Step],
    values: Mapping[str, int],
    readers: Mapping[str, Sequence[int]],
    writers: Mapping[str, int],
) -> frozenset[str]:
    """Names of the scores around a softmax, from the product that makes them to the one that takes them.

    Empty where something else makes or takes them.
    """
    size = values.get(steps[softmax].writes[0], 0)
    names, made, taken = set(steps[softmax].writes[:1]), False, False
    back, ahead = list(steps[softmax].reads), list(steps[softmax].writes[:1])
    while back:
        name = back.pop()
        if name in names or name not in writers or values.get(name) != size:  # a mask, or what it is made of
            continue
        names.add(name)
        step = steps[writers[name]]
        made |= step.op.op_class == ATTENTION
        if step.op.op_class == ELEMENTWISE:
            back += step.reads
    while ahead:
        for place in readers.get(ahead.pop(), ()):
            step = steps[place]
            if step.op.op_class == ATTENTION:
                taken = True
            elif step.kind in SCORING and values.get(step.writes[0]) == size:
                names.add(step.writes[0])
                ahead.append(step.writes[0])
            else:
                return frozenset()
    return frozenset(names) if made and taken else frozenset()


def _scored(op: Op, joined: Sequence[Step], scores: frozenset[str], values: Mapping[str, int]) -> Op:
    """The op with how much of what it moves are scores: all of a pass over them."""
    touched = {name for step in joined for name in (*step.reads, *step.writes)} & scores
    if not touched:
        return op
    if op.op_class == ELEMENTWISE:
        return replace(op, score_bytes=op.activation_bytes)
    moved = sum(HALF_PRECISION_BYTES * values.get(name, 0) for name in touched)
    return replace(op, score_bytes=min(moved, op.activation_bytes))


def _groups(steps: Sequence[Step], readers: Mapping[str, Sequence[int]], asked: frozenset[str]) -> dict[int, list[int]]:
    """Places of steps that are one op, by the first of them, in the order of the first."""
    group = list(range(len(steps)))
    for place in reversed(range(len(steps))):
        step = steps[place]
        after = {each for name in step.writes for each in readers.get(name, ())}
        together = {group[each] for each in after}
        if (
            step.kind in JOINING
            and len(together) == 1
            and not asked.intersection(step.writes)
            and all(steps[each].kind in JOINING for each in after)
        ):
            group[place] = together.pop()
    found: dict[int, list[int]] = defaultdict(list)
    for place, each in enumerate(group):
        found[each].append(place)
    return dict(sorted(found.items(), key=lambda item: item[1][0]))


def _before(
    joined: Sequence[Step],
    steps: Sequence[Step],
    readers: Mapping[str, Sequence[int]],
    writers: Mapping[str, int],
) -> int | None:
    """The step whose product or normalisation takes a rectifier or a bias along; None where there is none."""
    outside = _outside(joined)
    if len(outside) != 1 or outside[0] not in writers:
        return None
    place = writers[outside[0]]
    step, after = steps[place], readers[outside[0]]
    if len(set(after)) != 1 or not all(_is_light(each) for each in joined):
        return None
    return place if step.op.flops or step.kind in NORMALISATIONS else None


def _is_light(step: Step) -> bool:
    return step.kind in RECTIFIERS or (step.kind in BIASES and len(step.reads) == 1)


def _outside(joined: Sequence[Step]) -> list[str]:
    """Names of what the steps read and none of them writes."""
    made = {name for step in joined for name in step.writes}
    return list(dict.fromkeys(name for step in joined for name in step.reads if name not in made))


def _lone(step: Step, given: frozenset[str], after: Sequence[Step]) -> Op:
    """A product of an input has no gradient to hand on; of a normalisation that is added nobody needs the values."""
    if step.op.op_class != ELEMENTWISE and step.reads and given.issuperset(step.reads):
        return replace(step.op, data_gradient=False)
    if step.kind in NORMALISATIONS and after and all(each.kind == "Add" for each in after):
        return replace(step.op, kept_bytes=0.0)
    return step.op


def _with(op: Op, joined: Sequence[Step]) -> Op:
    """The op with the weights of what it takes along."""
    return replace(
        op,
        parameters=op.parameters + sum(step.op.parameters for step in joined),
        tensors=op.tensors + sum(step.op.tensors for step in joined),
    )


def _joined(
    joined: Sequence[Step],
    values: Mapping[str, int],
    readers: Mapping[str, Sequence[int]],
    members: Sequence[int],
    asked: frozenset[str],
) -> Op:
    """One pass that reads what comes from outside and writes what is read outside."""
    inside = set(members)
    written = [
        name
        for step in joined
        for name in step.writes
        if name in asked or not readers.get(name) or not inside.issuperset(readers[name])
    ]
    kinds = list(dict.fromkeys(step.kind for step in joined))
    name = ", ".join(kinds[:MOST_KINDS]) + (" …" if len(kinds) > MOST_KINDS else "")
    out = sum(values.get(each, 0) for each in written)
    return elementwise(
        name,
        sum(values.get(each, 0) for each in _outside(joined)),
        out,
        kept=out,
        parameters=sum(step.op.parameters for step in joined),
        tensors=sum(step.op.tensors for step in joined),
    )

"""The op graph of an ONNX model: each node once, its weights where they are first used, branches by the longer one."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import prod
from pathlib import Path
from typing import Any

from ipuwhatif.importers.networks.network_file import NetworkFile
from ipuwhatif.importers.networks.onnx_file import graphs_of, load_onnx, refusal
from ipuwhatif.importers.networks.onnx_kinds import (
    BESIDE,
    BRANCHES,
    FREE,
    HANDING_ON,
    NUMBERS,
    PASSES,
    SLOPES,
    is_setting,
    is_trained,
)
from ipuwhatif.importers.networks.onnx_products import PRODUCTS, Shape, product_op
from ipuwhatif.importers.networks.onnx_trained import Step, as_trained
from ipuwhatif.importers.networks.reasons import (
    BodyCountedOnce,
    Inputs,
    OfModel,
    OnnxFault,
    OpNotUnderstood,
    ShapeUnknown,
    TablesOfConstants,
    Tied,
    VectorsUsedAgain,
)
from ipuwhatif.networks.builders import elementwise
from ipuwhatif.networks.graph import Network, Op, fold
from ipuwhatif.networks.own_graph import OPS, ops_text
from ipuwhatif.networks.own_network import IMAGES, SAMPLES
from ipuwhatif.records import replace
from ipuwhatif.units import InputError, RefusedError, Said, printable, shortened

MOST_VALUES = 10**18  # of a tensor: far above what any memory holds
MOST_NAMED = 6
Held = tuple[int, Shape]  # a weight by its number, and its shape


def read_onnx(path: Path, file: str, sizes: Mapping[str, int]) -> NetworkFile:
    """The network of a file. sizes: of dimensions that it only names. InputError for what cannot be counted."""
    try:
        model, assumed = load_onnx(path, file, sizes)
        walk = Walk(file, model.graph)
    except InputError:
        raise
    except (AttributeError, LookupError, TypeError, ValueError, OverflowError) as error:  # a field of another kind
        raise refusal(file, OfModel(OnnxFault.BUILT_OTHERWISE)) from error
    ops = fold(walk.ops)
    network = Network("onnx", ops, blocks=0, source=file)
    shapes = [f"{shortened(printable(name))} {' × '.join(map(str, shape))}" for name, shape in walk.inputs.items()]
    return NetworkFile(
        file=file,
        family="ONNX",
        network=network,
        sample=Inputs(tuple(shapes)),
        notes=(*assumed, *walk.notes(network)),
        described={
            "family": OPS,
            "sample": IMAGES if _is_of_pictures(walk.inputs) else SAMPLES,
            "ops": ops_text(fold(walk.trained())),
        },
        not_understood=round(walk.share_not_understood(network), 4),
    )


def _is_of_pictures(inputs: Mapping[str, Shape]) -> bool:
    """Whether the one input is a picture, its channels first or last."""
    shapes = list(inputs.values())
    return len(shapes) == 1 and len(shapes[0]) == 4 and bool({1, 3} & {shapes[0][1], shapes[0][3]})


class Walk:
    """One pass over the nodes of a graph and of what these hold."""

    def __init__(self, file: str, graph: Any) -> None:  # noqa: ANN401  the package has no types
        self.file = file
        self.shapes: dict[str, Shape] = {}
        self.strange: Counter[str] = Counter()
        self.strange_flops: Counter[str] = Counter()
        self.loops: Counter[str] = Counter()
        self.tables: dict[str, int] = {}  # values that are not taken as trained, by name
        self.repeated = 0  # uses of a vector that another node has used
        self._weights: dict[str, Held] = {}  # by what they are called now
        self._held = 0
        self._tied: dict[str, int] = {}  # numbers of matrices that are there twice, by their mark
        self.tied = 0
        self._taken: set[int] = set()
        self._steps: list[Step] = []
        self._same: dict[str, str] = {}  # names of values that are another one turned or cast
        self._is_plain = True  # without branches and loops
        initial = {tensor.name for tensor in graph.initializer}
        self.ops = self._graph(graph)
        self.inputs = {each.name: self._known(each.name) for each in graph.input if each.name not in initial}
        self._outputs = frozenset(self._same.get(each.name, each.name) for each in graph.output)

    def trained(self) -> Sequence[Op]:
        """The ops as software trains the network; as they are written where branches hide what reads what."""
        if not self._is_plain:
            return self.ops
        names = {name for step in self._steps for name in (*step.reads, *step.writes)}
        values = {name: prod(self._known(name)) for name in names}
        return as_trained(self._steps, values, frozenset(self.inputs), self._outputs)

    def share_not_understood(self, network: Network) -> float:
        """The share of the FLOPs that ops may stand for which are not understood."""
        strange = sum(self.strange_flops.values())
        return strange / (network.forward_flops + strange) if strange else 0.0

    def notes(self, network: Network) -> Iterator[Said]:
        """What was not understood, with the share of the FLOPs that it may stand for."""
        whole = network.forward_flops + sum(self.strange_flops.values())
        for kind, count in self.strange.most_common(MOST_NAMED):
            yield OpNotUnderstood(kind, count, self.strange_flops[kind] / whole if whole else 0.0)
        for kind, count in self.loops.items():
            yield BodyCountedOnce(kind, count)
        if self.tied:
            yield Tied(self.tied)
        if self.tables:
            yield TablesOfConstants(tuple(self.tables.items()))
        if self.repeated:
            yield VectorsUsedAgain(self.repeated)

    def _graph(self, graph: Any) -> list[Op]:  # noqa: ANN401
        for value in (*graph.input, *graph.value_info, *graph.output):
            tensor = value.type.tensor_type
            if tensor.HasField("shape"):
                self.shapes[value.name] = tuple(
                    each.dim_value if each.HasField("dim_value") else -1 for each in tensor.shape.dim
                )
        for tensor in graph.initializer:
            self._hold(tensor.name, tensor)
        return [op for node in graph.node for op in self._node(node)]

    def _inner(self, graph: Any) -> list[Op]:  # noqa: ANN401
        """The ops of a branch or a body, whose names are its own: another may have the same."""
        outer = dict(self.shapes), dict(self._weights)
        ops = self._graph(graph)
        self.shapes, self._weights = outer
        return ops

    def _hold(self, name: str, tensor: Any) -> None:  # noqa: ANN401
        shape = tuple(tensor.dims)
        self.shapes[name] = shape
        self._weights.pop(name, None)
        if tensor.data_type in NUMBERS:
            self._held += 1
            number = self._tied.setdefault(tensor.doc_string, self._held) if tensor.doc_string else self._held
            self.tied += number != self._held
            self._weights[name] = number, shape

    def _node(self, node: Any) -> Iterator[Op]:  # noqa: ANN401
        inner = dict(graphs_of(node))
        if node.op_type == "Constant":
            for attribute in node.attribute:
                if attribute.HasField("t"):
                    self._hold(node.output[0], attribute.t)
        elif node.op_type in HANDING_ON:
            self._same[node.output[0]] = self._same.get(node.input[0], node.input[0])
            if node.input[0] in self._weights:
                self._hand_on(node)
        elif inner:
            self._is_plain = False
            yield from self._branches(node, inner)
        elif node.op_type not in FREE:
            reads = tuple(self._same.get(name, name) for name in node.input if name and name not in self._weights)
            op = self._counted(node)
            self._steps.append(Step(node.op_type, op, reads, tuple(filter(None, node.output))))
            yield op

    def _hand_on(self, node: Any) -> None:  # noqa: ANN401
        """A weight behind a node is that before it, but for a vector under another name.

        Exporters keep vectors of equal values once, as those of a network that was never trained are, and name the
        others by an Identity; matrices that are handed on so are tied.
        """
        held = self._weights[node.input[0]]
        if node.op_type == "Identity" and len(held[1]) <= 1:
            self._held += 1
            held = self._held, held[1]
        self._weights[node.output[0]] = held

    def _branches(self, node: Any, inner: dict[str, Any]) -> list[Op]:  # noqa: ANN401
        """The branch with more work; the weights of the other are kept as well, in a pass of no values."""
        if set(inner) != set(BRANCHES):
            self.loops[node.op_type] += 1
            return [op for graph in inner.values() for op in self._inner(graph)]
        first, second = (self._inner(inner[name]) for name in BRANCHES)
        more, less = sorted((first, second), key=lambda ops: -sum(op.flops * op.steps for op in ops))
        kept = sum(op.parameters for op in less)
        tensors = sum(op.tensors for op in less)
        return [*more, *([elementwise("If", 0, 0, parameters=kept, tensors=tensors)] if kept else [])]

    def _counted(self, node: Any) -> Op:  # noqa: ANN401
        weights, tensors, parameters = self._taken_by(node)
        if node.op_type in PRODUCTS and node.domain in ("", "ai.onnx"):
            return self._product(node, parameters, tensors, bool(weights))
        read = sum(prod(self._known(name)) for name in node.input if name and name not in self._weights)
        written = sum(prod(self._known(name)) for name in node.output if name)
        if node.op_type not in PASSES or node.domain not in ("", "ai.onnx"):
            self._note_strange(node, weights)
        op = elementwise(
            shortened(printable(node.op_type)), read, written, kept=written, parameters=parameters, tensors=tensors
        )
        return replace(op, normalises_batch=node.op_type == "BatchNormalization")

    def _product(self, node: Any, parameters: int, tensors: int, weighted: bool) -> Op:  # noqa: ANN401
        read = [self._shape(name, node) if name else () for name in node.input]
        written = self._shape(next(filter(None, node.output), ""), node)
        try:
            op = product_op(node, read, written, parameters, int(weighted))
        except (KeyError, IndexError, ValueError) as error:
            raise refusal(self.file, OfModel(OnnxFault.NODE_BUILT_OTHERWISE, node.name, node.op_type)) from error
        return replace(op, tensors=tensors)

    def _taken_by(self, node: Any) -> tuple[list[Shape], int, int]:  # noqa: ANN401
        """Shapes of the weights that a node uses; how many of them it is the first to use, and their parameters."""
        used, fresh, parameters = [], 0, 0
        for place, name in enumerate(node.input):
            source, shape = self._weights.get(name, (0, ()))
            lone = prod(shape) == 1 and node.op_type not in SLOPES  # such as 0.5, or the root of a width
            if not source or lone or is_setting(node.op_type, place):
                continue
            if node.op_type in BESIDE and not is_trained(name, shape):
                self.tables[name] = prod(shape)
                continue
            used.append(shape)
            if source not in self._taken:
                self._taken.add(source)
                fresh += 1
                parameters += prod(shape)
            else:
                self.repeated += len(shape) == 1
        return used, fresh, parameters

    def _note_strange(self, node: Any, weights: list[Shape]) -> None:  # noqa: ANN401
        """What its matrices would take, if each multiplied every row of what is written once."""
        kind = f"{node.domain}::{node.op_type}" if node.domain else node.op_type
        shapes = [self._known(name) for name in (*node.output, *node.input) if name]
        rows = prod(next((shape for shape in shapes if prod(shape)), ())[:-1])
        self.strange[kind] += 1
        self.strange_flops[kind] += sum(2 * rows * prod(shape) for shape in weights if len(shape) > 1)

    def _known(self, name: str) -> Shape:
        """A shape; an unknown one as no values, where only a pass over memory hangs on it."""
        shape = self.shapes.get(name, (0,))
        return self._bounded(shape, name) if all(size >= 0 for size in shape) else (0,)

    def _shape(self, name: str, node: Any) -> Shape:  # noqa: ANN401
        shape = self.shapes.get(name)
        if shape is not None and all(size >= 0 for size in shape):
            return self._bounded(shape, name)
        raise RefusedError(ShapeUnknown(self.file, name, node.op_type, behind=next(iter(self.strange), "")))

    def _bounded(self, shape: Shape, name: str) -> Shape:
        if prod(shape) > MOST_VALUES:
            raise refusal(self.file, OfModel(OnnxFault.TOO_MANY_VALUES, name, most=MOST_VALUES))
        return shape

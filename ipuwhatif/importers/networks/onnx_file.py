"""An ONNX file made ready to be counted: one sample, every shape known, no weight followed out of the file.

The package `onnx` is an extra: it is asked for with the first such file.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from math import prod
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from ipuwhatif.importers.networks.onnx_shapes import inferred
from ipuwhatif.importers.networks.onnx_tied import mark_tied
from ipuwhatif.importers.networks.reasons import DimensionNote, OfDimension, OfFile, OfModel, OnnxFault
from ipuwhatif.scenario.files.storage import read_file
from ipuwhatif.units import InputError, RefusedError, Said

LIMIT_BYTES = 2_000_000_000  # that a protocol buffer can hold
MOST_NODES = 100_000
MOST_DEPTH = 8  # of branches and loops in each other
MOST_CALLS = 64  # of functions that call one another
SMALL_TENSOR = 1_024  # values: as many as a shape may be computed from; the values of larger ones are not looked at
MOST_VALUES = 10**15  # of a weight
#: What exporters call the samples of an input.
BATCH_NAMES = ("batch", "batch_size", "batchsize", "bs", "n")


def load_onnx(path: Path, file: str, sizes: Mapping[str, int]) -> tuple[Any, list[Said]]:
    """The model of a file, with all of its shapes, and what was assumed of them.

    sizes: of dimensions that the file only names.

    InputError where the package is missing, the file is broken, or a size is not known.
    """
    try:
        onnx = import_module("onnx")
    except ImportError:
        raise RefusedError(OfModel(OnnxFault.NO_PACKAGE)) from None
    data = read_file(path, LIMIT_BYTES)
    try:
        model = onnx.load_model_from_string(data)
    except Exception as error:  # whatever its parser throws at bytes of a stranger
        raise refusal(file, OfModel(OnnxFault.NO_MODEL)) from error
    if not model.graph.node:
        raise refusal(file, OfModel(OnnxFault.NO_NODE))
    return _with_shapes(onnx, model, file, sizes)


def _with_shapes(onnx: Any, model: Any, file: str, sizes: Mapping[str, int]) -> tuple[Any, list[Said]]:  # noqa: ANN401
    functions = {(each.domain, each.name): each for each in model.functions}
    if _written_out(model.graph, functions, {}, file) > MOST_NODES:
        raise refusal(file, OfModel(OnnxFault.TOO_MANY_NODES, most=MOST_NODES))
    if functions:
        model = import_module("onnx.inliner").inline_local_functions(model)
    for tensor in _tensors(model.graph, file):
        _check_inside(tensor, file)
    mark_tied(_tensors(model.graph, file))
    for tensor in _tensors(model.graph, file):
        _drop_values(onnx, tensor, file)
    notes = _set_sizes(model.graph, file, sizes)
    try:
        return inferred(model), notes
    except Exception as error:  # whatever it finds wrong, in words of its own
        raise refusal(file, OfModel(OnnxFault.NO_SHAPES, reason=" ".join(str(error).split())[:200])) from error


def refusal(file: str, reason: Said) -> InputError:
    """The error to raise when a file cannot be counted."""
    return RefusedError(OfFile(file, reason))


def graphs_of(node: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    """The graphs that a node holds: branches and bodies, by the names of its attributes."""
    for attribute in node.attribute:
        if attribute.HasField("g"):
            yield attribute.name, attribute.g
        yield from ((attribute.name, graph) for graph in attribute.graphs)


def _nodes(graph: Any, file: str, depth: int = 1) -> Iterator[Any]:  # noqa: ANN401
    if depth > MOST_DEPTH:
        raise refusal(file, OfModel(OnnxFault.NESTED_TOO_DEEP, most=MOST_DEPTH))
    for node in graph.node:
        yield node
        for _, inner in graphs_of(node):
            yield from _nodes(inner, file, depth + 1)


def _written_out(graph: Any, functions: Mapping[Any, Any], known: dict[Any, int], file: str) -> int:  # noqa: ANN401
    """Nodes of a graph with its functions written out: a few that call each other twice may stand for millions.

    known: those of functions that were counted already; -1 while one is being counted.
    """
    nodes = 0
    for node in _nodes(graph, file):
        key = node.domain, node.op_type
        if key not in functions:
            nodes += 1
            continue
        if key not in known:
            if sum(count < 0 for count in known.values()) >= MOST_CALLS:
                raise refusal(file, OfModel(OnnxFault.NESTED_TOO_DEEP, most=MOST_CALLS))
            known[key] = -1
            known[key] = _written_out(functions[key], functions, known, file)
        if known[key] < 0:
            raise refusal(file, OfModel(OnnxFault.CALLS_ITSELF, node.op_type))
        nodes += known[key]
    return nodes


def _tensors(graph: Any, file: str) -> Iterator[Any]:  # noqa: ANN401
    """Every tensor with values, in whatever branch: initializers and what Constant nodes hold."""
    yield from graph.initializer
    for node in _nodes(graph, file):
        yield from (attribute.t for attribute in node.attribute if attribute.HasField("t"))
        for _, inner in graphs_of(node):
            yield from inner.initializer


def _check_inside(tensor: Any, file: str) -> None:  # noqa: ANN401
    """Weights beside the file are counted by their shape and never opened; elsewhere they are refused."""
    place = next((entry.value for entry in tensor.external_data if entry.key == "location"), "")
    paths = (PurePosixPath(place), PureWindowsPath(place))
    if any(path.is_absolute() or path.drive or ".." in path.parts for path in paths):
        raise refusal(file, OfModel(OnnxFault.WEIGHTS_OUTSIDE, tensor.name, place=place))


def _drop_values(onnx: Any, tensor: Any, file: str) -> None:  # noqa: ANN401
    """Forget the values of a large tensor, of which only the shape counts: the inference would copy them all."""
    values = prod(tensor.dims)
    if values > MOST_VALUES or any(size < 0 for size in tensor.dims):
        raise refusal(file, OfModel(OnnxFault.TOO_MANY_VALUES, tensor.name, most=MOST_VALUES))
    if values > SMALL_TENSOR:
        for name in (
            "raw_data",
            "float_data",
            "int32_data",
            "int64_data",
            "double_data",
            "uint64_data",
            "external_data",
        ):
            tensor.ClearField(name)
        tensor.data_location = onnx.TensorProto.DEFAULT


def _set_sizes(graph: Any, file: str, sizes: Mapping[str, int]) -> list[Said]:  # noqa: ANN401
    """Give every dimension of the inputs a size: one sample, and what is stated of the others. What was assumed.

    A named size that was inferred before becomes another name behind a Reshape: what was inferred is forgotten.
    """
    initial = {tensor.name for tensor in graph.initializer}
    named = {each.dim_param for value in graph.input for each in value.type.tensor_type.shape.dim if each.dim_param}
    for name in sizes:
        if name not in named:
            raise refusal(file, OfDimension(DimensionNote.UNKNOWN, name, known=tuple(sorted(named))))
    notes: list[Said] = []
    for value in graph.input:
        if value.name in initial:
            continue
        for place, dimension in enumerate(value.type.tensor_type.shape.dim):
            if dimension.dim_value > 0:
                continue
            name = dimension.dim_param
            if name in sizes:
                dimension.dim_value = sizes[name]
            elif place == 0 or name.casefold() in BATCH_NAMES:
                dimension.dim_value = 1
                if name.casefold() not in BATCH_NAMES:
                    note = DimensionNote.ONE_SAMPLE if name else DimensionNote.FIRST_ONE_SAMPLE
                    notes.append(OfDimension(note, name, value.name))
            else:
                note = DimensionNote.NO_SIZE if name else DimensionNote.NO_SIZE_NO_NAME
                raise refusal(file, OfDimension(note, name, value.name, place + 1, file))
    del graph.value_info[:]
    for value in graph.output:
        if value.type.HasField("tensor_type"):
            value.type.tensor_type.ClearField("shape")
    return notes

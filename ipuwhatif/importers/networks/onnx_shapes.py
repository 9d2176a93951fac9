"""Shapes that a model computes from the sizes of its inputs: computed once those are known, where the inference stops.

Exporters write an expansion to a size that is not fixed as a chain of nodes over small whole numbers, of which the
inference of onnx follows only some.
"""

from importlib import import_module
from math import prod
from typing import Any

import numpy as np

#: Nodes over shapes that are computed: none of them loops, draws or looks elsewhere.
COMPUTED = frozenset(
    (
        "Add", "And", "Cast", "Concat", "ConstantOfShape", "Div", "Equal", "Expand", "Gather", "Greater",
        "Identity", "Less", "Max", "Min", "Mul", "Neg", "Not", "Or", "Range", "ReduceProd", "Reshape", "Slice",
        "Squeeze", "Sub", "Unsqueeze", "Where",
    )
)  # fmt: skip
MOST_VALUES = 1_024  # of a shape, or of what shapes are computed from
MOST_PASSES = 12  # each infers all shapes anew


def inferred(model: Any) -> Any:  # noqa: ANN401  the package has no types
    """The model with all shapes that follow from its inputs. Whatever the package throws at a wrong one is thrown."""
    infer = import_module("onnx.shape_inference").infer_shapes
    model = infer(model, data_prop=True)
    for _ in range(MOST_PASSES):
        if not _compute(model):
            break
        del model.graph.value_info[:]  # a size that was given a name keeps it
        model = infer(model, data_prop=True)
    return model


def _compute(model: Any) -> bool:  # noqa: ANN401
    """Put small numbers in the place of nodes that compute them; whether there was one."""
    helper, graph = import_module("onnx.numpy_helper"), model.graph
    shapes: dict[str, tuple[int, ...] | None] = {each.name: _sizes(each) for each in (*graph.input, *graph.value_info)}
    shapes |= {tensor.name: tuple(tensor.dims) for tensor in graph.initializer}
    known = {tensor.name: _small(helper, tensor) for tensor in graph.initializer}
    kept, found = [], False
    for node in graph.node:
        value = _value(node, shapes, known)
        if value is None:
            kept.append(node)
            if node.op_type == "Constant" and node.attribute[0].HasField("t"):
                known[node.output[0]] = _small(helper, node.attribute[0].t)
        else:
            known[node.output[0]], found = value, True
            graph.initializer.append(helper.from_array(value, node.output[0]))
    del graph.node[:]
    graph.node.extend(kept)
    return found


def _sizes(value: Any) -> tuple[int, ...] | None:  # noqa: ANN401
    """The shape of a value, None where one of its sizes is not known."""
    tensor = value.type.tensor_type
    if not tensor.HasField("shape") or not all(each.HasField("dim_value") for each in tensor.shape.dim):
        return None
    return tuple(each.dim_value for each in tensor.shape.dim)


def _small(helper: Any, tensor: Any) -> np.ndarray | None:  # noqa: ANN401
    """The values of a small tensor of whole numbers or of yes and no; None for any other."""
    whole = (6, 7, 9)  # int32, int64, bool
    if tensor.data_type not in whole or tensor.data_location == 1 or prod(tensor.dims) > MOST_VALUES:
        return None
    return np.asarray(helper.to_array(tensor))


def _value(
    node: Any,  # noqa: ANN401
    shapes: dict[str, tuple[int, ...] | None],
    known: dict[str, np.ndarray | None],
) -> np.ndarray | None:
    """What a node computes from known numbers, or None where it is no such node."""
    if len(node.output) != 1 or node.domain not in ("", "ai.onnx"):
        return None
    if node.op_type == "Shape" and not node.attribute:
        shape = shapes.get(node.input[0])
        return None if shape is None else np.array(shape, dtype=np.int64)
    feeds = {name: known.get(name) for name in node.input if name}
    if node.op_type not in COMPUTED or any(value is None for value in feeds.values()) or not _stays_small(node, feeds):
        return None
    found = import_module("onnx.reference").ReferenceEvaluator(node).run(None, feeds)[0]
    array = np.asarray(found)
    return array if array.dtype in (np.int32, np.int64, np.bool_) and array.size <= MOST_VALUES else None


def _stays_small(node: Any, feeds: dict[str, Any]) -> bool:  # noqa: ANN401
    """Whether nodes that make more than they read make little: a shape may ask for any number of values."""
    values = [feeds[name] for name in node.input if name]
    if node.op_type == "ConstantOfShape":
        return prod(map(int, values[0].ravel())) <= MOST_VALUES
    if node.op_type == "Expand":
        return int(values[0].size) * prod(max(int(each), 1) for each in values[1].ravel()) <= MOST_VALUES
    if node.op_type == "Range":
        start, limit, step = (int(each) for each in values)
        return step != 0 and abs(limit - start) <= MOST_VALUES * abs(step)
    return True

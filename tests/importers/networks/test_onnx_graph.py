"""ONNX models against the counts of the libraries that train them, and what is refused of a file."""

from math import prod
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from ipuwhatif.importers.networks import onnx_file
from ipuwhatif.importers.networks.network_file import NetworkFile
from ipuwhatif.importers.networks.read import read_network
from ipuwhatif.importers.networks.reasons import (
    BodyCountedOnce,
    DimensionNote,
    Inputs,
    OfDimension,
    OpNotUnderstood,
    TablesOfConstants,
    Tied,
    VectorsUsedAgain,
)
from ipuwhatif.networks.graph import ATTENTION, DENSE_CONVOLUTION, GROUPED_CONVOLUTION, MATMUL, RECURRENT
from tests.importers.networks import onnx_models as models
from tests.refusals import refused

#: Parameters and FLOPs of one sample. By torchvision 0.28, models/*.py, which prints num_params and _ops in 10⁹ pairs
#: of a multiplication and an addition; by torch 2.13 (parameters() and torch.utils.flop_counter) the rest.
COUNTS = {
    "alexnet": (models.alexnet, 61_100_840, 2 * 0.714e9),
    "vgg11": (models.vgg11, 132_863_336, 2 * 7.609e9),
    "resnet18": (models.resnet18, 11_689_512, 2 * 1.814e9),
    "mobilenet_v2": (models.mobilenet_v2, 3_504_872, 2 * 0.301e9),
    "lenet5": (models.lenet5, 61_706, 833_040),
    "generator": (models.generator, 3_576_704, 209_256_448),
    "lstm": (lambda: models.recurrent("LSTM"), 27_331, 5_325_184),
    "gru": (lambda: models.recurrent("GRU"), 20_547, 3_993_984),
    "encoder": (models.encoder, 8_544, 294_912),
    "tied": (models.tied, 50_352, 2_012_160),
}


def read(model: onnx.ModelProto, folder: Path, **sizes: int) -> NetworkFile:
    return read_network(models.saved(model, folder), sizes)


@pytest.mark.parametrize("name", COUNTS)
def test_that_parameters_agree_to_the_unit_and_flops_within_a_percent(name: str, tmp_path: Path) -> None:
    build, parameters, flops = COUNTS[name]
    found = read(build(), tmp_path)
    assert found.network.parameters == parameters
    assert found.network.forward_flops == pytest.approx(flops, rel=0.01)
    assert (found.family, found.layers, found.notes) == ("ONNX", (), ())


def test_that_grouped_convolutions_and_trained_slopes_are_told_apart(tmp_path: Path) -> None:
    # torch counts 4,554 with a slope for each of 64 channels; here all share one
    network = read(models.grouped(), tmp_path).network
    assert network.parameters == 4554 - 63 and network.forward_flops == 1_918_208
    assert [(op.op_class, op.group_width) for op in network.ops if op.flops] == [
        (DENSE_CONVOLUTION, 0), (GROUPED_CONVOLUTION, 4), (GROUPED_CONVOLUTION, 1), (MATMUL, 0),
    ]  # fmt: skip


def test_that_a_folded_normalisation_leaves_biases_and_one_that_is_not_leaves_its_means_out(tmp_path: Path) -> None:
    plain, folded = read(models.resnet18(), tmp_path).network, read(models.resnet18(folded=True), tmp_path).network
    channels = 64 + 4 * 64 + 5 * 128 + 5 * 256 + 5 * 512
    assert plain.parameters - folded.parameters == channels  # scale and shift against a bias; means are measured
    assert (plain.batch_normalisations, folded.batch_normalisations) == (20, 0)
    assert plain.forward_flops == folded.forward_flops


def test_that_products_of_activations_are_attention_and_a_recurrent_cell_goes_by_steps(tmp_path: Path) -> None:
    ops = read(models.encoder(), tmp_path).network.ops
    assert sum(op.flops * op.count for op in ops if op.op_class == ATTENTION) == 2 * 2 * 16 * 16 * 32
    (cell,) = (op for op in read(models.recurrent("LSTM"), tmp_path).network.ops if op.op_class == RECURRENT)
    assert (cell.steps, cell.flops) == (100, 2 * 4 * 64 * (40 + 64))


def test_that_a_sample_is_what_the_inputs_of_one_say(tmp_path: Path) -> None:
    assert read(models.alexnet(), tmp_path).sample == Inputs(("image 1 × 3 × 224 × 224",))


def dense_by(node: onnx.NodeProto, *more: onnx.NodeProto, weights: tuple = ()) -> onnx.ModelProto:
    """A model whose output is made of `x`, 1 × 8, by the given nodes."""
    told = [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)]
    inputs = [helper.make_tensor_value_info("x", TensorProto.FLOAT, (1, 8))]
    graph = helper.make_graph([node, *more], "graph", inputs, told, list(weights))
    opsets = [*models.OPSET, helper.make_opsetid("com.example", 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8)


def held(name: str, *sizes: int) -> onnx.NodeProto:
    """A Constant node that holds a weight."""
    return helper.make_node("Constant", [], [name], value=numpy_helper.from_array(np.ones(sizes, np.float32)))


def branch(name: str, width: int) -> onnx.GraphProto:
    """A branch with a weight of its own, which is called as that of the other branch is."""
    out = helper.make_tensor_value_info(f"{name}_out", TensorProto.FLOAT, (1, width))
    nodes = [held("w", 8, width), helper.make_node("MatMul", ["x", "w"], [f"{name}_out"])]
    return helper.make_graph(nodes, name, [], [out])


def test_that_weights_in_constant_nodes_are_parameters_and_lone_constants_are_not(tmp_path: Path) -> None:
    product = helper.make_node("MatMul", ["x", "w"], ["a"])
    halved = helper.make_node("Mul", ["a", "half"], ["y"])
    found = read(dense_by(held("w", 8, 5), held("half"), product, halved), tmp_path)
    assert (found.network.parameters, found.network.forward_flops) == (40, 2 * 40)


def test_that_both_branches_keep_their_weights_and_the_longer_one_counts(tmp_path: Path) -> None:
    which = numpy_helper.from_array(np.array(True), "which")
    node = helper.make_node("If", ["which"], ["y"], then_branch=branch("then", 5), else_branch=branch("else", 7))
    network = read(dense_by(node, weights=(which,)), tmp_path).network
    assert (network.parameters, network.forward_flops) == (8 * 5 + 8 * 7, 2 * 8 * 7)


def test_that_an_op_that_is_not_understood_is_named_with_what_its_weights_may_stand_for(tmp_path: Path) -> None:
    strange = helper.make_node("Magic", ["x", "m"], ["z"], domain="com.example")
    product = helper.make_node("MatMul", ["x", "w"], ["y"])
    model = dense_by(held("w", 8, 24), held("m", 8, 8), strange, product)
    # a matrix of 8 × 8 beside a product with one of 8 × 24
    assert read(model, tmp_path).notes == (OpNotUnderstood("com.example::Magic", 1, share=0.25),)


def test_that_a_first_dimension_of_no_size_is_one_sample_and_told_unless_it_is_called_so(tmp_path: Path) -> None:
    for first, notes in (
        ("N", ()),
        ("rows", (OfDimension(DimensionNote.ONE_SAMPLE, "rows", "x"),)),
        (None, (OfDimension(DimensionNote.FIRST_ONE_SAMPLE, "", "x"),)),
    ):
        net = models.Model(x=(first, 8))
        net.add("MatMul", "x", net.weight(8, 5))
        found = read(net.model(), tmp_path)
        assert (found.notes, found.network.forward_flops) == (notes, 2 * 8 * 5)


def test_that_a_dimension_inside_without_a_size_or_a_name_is_refused(tmp_path: Path) -> None:
    net = models.Model(x=(1, None, 8))
    net.add("MatMul", "x", net.weight(8, 5))
    with refused("net.onnx: dimension 2 of input 'x' has no size and no name; export the model with one"):
        read(net.model(), tmp_path)


def test_that_a_loop_counts_its_body_once_and_says_so(tmp_path: Path) -> None:
    ends = {"c": (TensorProto.BOOL, ()), "s": (TensorProto.FLOAT, (1, 8))}
    inputs = [helper.make_tensor_value_info("i", TensorProto.INT64, ())]
    inputs += [helper.make_tensor_value_info(name, *kind) for name, kind in ends.items()]
    outputs = [helper.make_tensor_value_info(f"{name}_out", *kind) for name, kind in ends.items()]
    product = helper.make_node("MatMul", ["s", "w"], ["s_out"])
    body = helper.make_graph(
        [held("w", 8, 8), product, helper.make_node("Identity", ["c"], ["c_out"])], "body", inputs, outputs
    )
    node = helper.make_node("Loop", ["often", "go", "x"], ["y"], body=body)
    weights = numpy_helper.from_array(np.array(5), "often"), numpy_helper.from_array(np.array(True), "go")
    found = read(dense_by(node, weights=weights), tmp_path)
    assert (found.network.parameters, found.network.forward_flops) == (64, 128)
    assert found.notes == (BodyCountedOnce("Loop", 1),)


@pytest.mark.parametrize("equation", ["bik,kj->bij", "bik, kj -> bj"])
def test_that_a_sum_of_products_is_counted_by_all_of_its_indices(tmp_path: Path, equation: str) -> None:
    net = models.Model(x=(3, 4, 8))
    net.add("Einsum", "x", net.weight(8, 5), equation=equation)
    network = read(net.model(), tmp_path).network
    assert (network.parameters, network.forward_flops) == (40, 2 * 3 * 4 * 8 * 5)


def test_that_a_node_that_is_not_built_as_its_kind_is_refused(tmp_path: Path) -> None:
    net = models.Model(x=(3, 4, 8))
    net.add("Einsum", "x", equation="bik->bi")
    with refused("net.onnx: Einsum '' is not built as its kind is"):
        read(net.model(), tmp_path)


def test_that_a_named_size_beside_the_batch_is_stated_or_asked_for(tmp_path: Path) -> None:
    net = models.Model(x=("batch", "sequence", 8))
    net.add("MatMul", "x", net.weight(8, 5))
    assert read(net.model(), tmp_path, sequence=10).network.forward_flops == 2 * 10 * 8 * 5
    with refused(
        "net.onnx: dimension 'sequence' of input 'x' has no size; state it: ipuwhatif network net.onnx --size "
        "sequence=128"
    ):
        read(net.model(), tmp_path)
    with refused("net.onnx: no input has a dimension 'length'; named are: 'batch', 'sequence'"):
        read(net.model(), tmp_path, length=10)


def test_that_weights_beside_the_file_are_counted_unopened_and_those_elsewhere_refused(tmp_path: Path) -> None:
    model = models.lenet5()
    for weights in model.graph.initializer:
        weights.ClearField("raw_data")
        weights.data_location = TensorProto.EXTERNAL
        entry = weights.external_data.add(key="location", value="net.onnx.data")
    assert read(model, tmp_path).network.parameters == 61_706
    for place in ("../../secret", "/etc/passwd", "C:\\secret", "..\\secret"):
        entry.value = place
        with refused(
            f"net.onnx: the weights '{weights.name}' lie outside of its folder, in '{place}'; save the model with its "
            "weights beside it"
        ):
            read(model, tmp_path)


def test_that_a_file_that_is_no_model_is_refused_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "net.onnx"
    for data in (b"", b"no model at all", b"\xff" * 100):
        path.write_bytes(data)
        with pytest.raises(ValueError, match=r"^net\.onnx: no ONNX model(, or one without a node)?$"):
            read_network(path)
    path.write_bytes(models.lenet5().SerializeToString())
    monkeypatch.setattr(onnx_file, "LIMIT_BYTES", 100)
    with refused(f"{path} is larger than 100 bytes"):
        read_network(path)


def test_that_a_name_that_is_no_text_is_refused_in_a_sentence(tmp_path: Path) -> None:
    net = models.Model(x=("XXXX", 8))
    net.add("MatMul", "x", net.weight(8, 5))
    path = tmp_path / "net.onnx"
    path.write_bytes(net.model().SerializeToString().replace(b"XXXX", b"\xff\xfeXX"))
    with refused("net.onnx: it is not built as an ONNX model is"):
        read_network(path)


def test_that_more_nodes_or_values_than_a_model_has_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    huge = models.Model(x=(1, 8))
    huge.add("MatMul", "x", huge.weight(10**9, 10**9))
    with refused("net.onnx: 't1' has more than 1,000,000,000,000,000 values"):
        read(huge.model(), tmp_path)
    monkeypatch.setattr(onnx_file, "MOST_NODES", 5)
    with refused("net.onnx: more than 5 nodes"):
        read(models.lenet5(), tmp_path)


def doubling(levels: int) -> onnx.ModelProto:
    """A model of functions, each of which calls the one before it twice; the first adds a vector."""
    model = dense_by(helper.make_node(f"f{levels - 1}", ["x"], ["y"], domain="com.example"))
    for level in range(levels):
        inner = f"f{level - 1}"
        nodes = [helper.make_node(inner, [a], [b], domain="com.example") for a, b in (("a", "b"), ("b", "c"))]
        if not level:
            nodes = [held("w", 8), helper.make_node("Add", ["a", "w"], ["c"])]
        function = helper.make_function("com.example", f"f{level}", ["a"], ["c"], nodes, list(model.opset_import))
        model.functions.append(function)
    return model


def test_that_functions_are_written_out_up_to_as_many_nodes_as_a_model_has(tmp_path: Path) -> None:
    ops = read(doubling(3), tmp_path).network.ops
    assert sum(op.count for op in ops if op.name == "Add") == 4
    with refused("net.onnx: more than 100,000 nodes"):
        read(doubling(40), tmp_path)
    with refused("net.onnx: graphs nested more than 64 deep"):
        read(doubling(65), tmp_path)


def test_that_a_function_that_calls_itself_is_refused(tmp_path: Path) -> None:
    model = doubling(1)
    model.functions[0].node[1].CopyFrom(helper.make_node("f0", ["a"], ["c"], domain="com.example"))
    with refused("net.onnx: function 'f0' calls itself"):
        read(model, tmp_path)


def test_that_branches_in_branches_are_followed_to_a_depth(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onnx_file, "MOST_DEPTH", 1)
    which = numpy_helper.from_array(np.array(True), "which")
    node = helper.make_node("If", ["which"], ["y"], then_branch=branch("then", 5), else_branch=branch("else", 7))
    with refused("net.onnx: graphs nested more than 1 deep"):
        read(dense_by(node, weights=(which,)), tmp_path)


def test_that_a_product_of_unknown_shape_is_refused_by_name_and_with_what_hides_it(tmp_path: Path) -> None:
    strange = helper.make_node("Magic", ["x"], ["z"], domain="com.example")
    product = helper.make_node("MatMul", ["z", "w"], ["y"])
    with refused(
        "net.onnx: the shape of 'z' at 'MatMul' is not known, behind 'com.example::Magic', which is not understood; "
        "export the model with fixed sizes"
    ):
        read(dense_by(held("w", 8, 5), strange, product), tmp_path)


def test_that_without_the_package_the_sentence_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = models.saved(models.lenet5(), tmp_path)
    monkeypatch.setitem(__import__("sys").modules, "onnx", None)
    with refused('ONNX files are read with the package onnx: pip install "ipuwhatif[onnx]", or install onnx beside it'):
        read_network(path)


def of_values(name: str, *sizes: int) -> onnx.TensorProto:
    """A weight whose values are those of a network that was trained: no two alike."""
    return numpy_helper.from_array(np.arange(prod(sizes), dtype=np.float32).reshape(sizes), name)


def test_that_a_matrix_that_was_written_turned_as_well_is_tied(tmp_path: Path) -> None:
    table = of_values("table", 500, 8)
    turned = numpy_helper.from_array(numpy_helper.to_array(table).T.copy(), "turned")
    lookup = helper.make_node("Gather", ["table", "words"], ["a"])
    product = helper.make_node("MatMul", ["a", "turned"], ["y"])
    words = numpy_helper.from_array(np.arange(7), "words")
    found = read(dense_by(lookup, product, weights=(table, turned, words)), tmp_path)
    assert (found.network.parameters, found.network.forward_flops) == (500 * 8, 2 * 7 * 8 * 500)
    assert found.notes == (Tied(1),)
    other = numpy_helper.from_array(numpy_helper.to_array(turned) + 1, "turned")
    assert read(dense_by(lookup, product, weights=(table, other, words)), tmp_path).network.parameters == 2 * 500 * 8


def test_that_vectors_that_an_exporter_has_merged_are_parameters_of_their_own_where_it_names_them(
    tmp_path: Path,
) -> None:
    nodes = [
        helper.make_node("Identity", ["bias"], ["other.bias"]),
        helper.make_node("Add", ["x", "bias"], ["a"]),
        helper.make_node("Add", ["a", "other.bias"], ["y"]),
    ]
    bias = of_values("bias", 8)
    assert read(dense_by(*nodes, weights=(bias,)), tmp_path).network.parameters == 16
    nodes[2].input[1] = "bias"
    found = read(dense_by(*nodes, weights=(bias,)), tmp_path)
    assert found.network.parameters == 8
    assert found.notes == (VectorsUsedAgain(1),)


def test_that_masks_and_rotations_are_constants_and_told_and_positions_are_trained(tmp_path: Path) -> None:
    for name, parameters in (("model.positions", 3 * 8), ("unsqueeze_14", 0)):
        net = models.Model(x=(1, 3, 8))
        net.weights.append(of_values(name, 1, 3, 8))
        net.add("Add", "x", name)
        found = read(net.model(), tmp_path)
        assert found.network.parameters == parameters
        assert found.notes == (() if parameters else (TablesOfConstants((("unsqueeze_14", 24),)),))


def test_that_shapes_are_followed_where_a_model_computes_them(tmp_path: Path) -> None:
    net = models.Model(x=("batch", "sequence", 8))
    sizes = net.add("Shape", "x")
    length = net.add("Unsqueeze", net.add("Gather", sizes, net.constant(1), axis=0), net.constant([0]))
    ones = net.add("ConstantOfShape", net.constant([2]), value=numpy_helper.from_array(np.array([1], np.int64)))
    wanted = net.add("Concat", length, net.constant([-1]), axis=0)
    free = net.add("Equal", wanted, net.add("Mul", ones, net.constant(-1)))
    row = net.add("Expand", net.weight(1, 8), net.add("Where", free, ones, wanted))
    net.add("MatMul", row, net.weight(8, 5))
    assert read(net.model(), tmp_path, sequence=10).network.forward_flops == 2 * 10 * 8 * 5


def test_that_no_more_values_are_computed_than_a_shape_has(tmp_path: Path) -> None:
    for kind, numbers in (
        ("ConstantOfShape", ([10**6] * 3,)),
        ("Expand", ([1], [10**6] * 3)),
        ("Range", (0, 10**18, 1)),
    ):
        net = models.Model(x=(1, 8))
        net.add("MatMul", "x", net.weight(8, 5))
        net.add(kind, *map(net.constant, numbers))
        assert read(net.model("t2"), tmp_path).network.forward_flops == 80

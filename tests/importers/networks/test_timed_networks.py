"""A network from a file takes as long as the same one that is shipped, at the same layout: within a few per cent."""

import json

import pytest
from onnx import helper

from ipuwhatif.analysis.project import project
from ipuwhatif.analysis.world import load_world
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.importers.networks.bring import ask_about
from ipuwhatif.importers.networks.read import read_network
from ipuwhatif.model.case import BEST, Case, Pins
from ipuwhatif.networks.kernels import Kernels
from ipuwhatif.networks.library import network_for
from ipuwhatif.units import told
from tests.importers.networks import onnx_models

BERT_LARGE = {
    **{"model_type": "bert", "architectures": ["BertForPreTraining"], "num_hidden_layers": 24, "hidden_size": 1024},
    **{"intermediate_size": 4096, "num_attention_heads": 16, "vocab_size": 30522, "max_position_embeddings": 512},
}
VIT_B16 = {
    **{
        "model_type": "vit",
        "architectures": ["ViTForImageClassification"],
        "num_hidden_layers": 12,
        "num_labels": 1000,
    },
    **{"hidden_size": 768, "intermediate_size": 3072, "num_attention_heads": 12, "image_size": 224, "patch_size": 16},
}
FEW = 0.03  # per cent: what training adds, such as drop-connect, stands in no file


@pytest.fixture
def asked(tmp_path):
    """The job of a configuration, or of an ONNX model."""

    def ask(source):
        if isinstance(source, dict):
            path = tmp_path / "net.json"
            path.write_text(json.dumps(source))
            return ask_about(read_network(path))
        return ask_about(read_network(onnx_models.saved(source(), tmp_path)))

    return ask


def throughput(workload, recipe, system, chips, software, micro, batch, stages):
    pins = Pins(micro_batch=micro, global_batch=batch, pipeline_stages=stages)
    case = Case(workload, SystemChoice(system, chips), "2021-12", recipe, BEST, pins, software=software)
    return project(load_world(), case)


@pytest.mark.parametrize(
    ("source", "shipped", "recipe", "where"),
    [
        (BERT_LARGE, "bert-large-512", "stated", ("dgx-a100", 8, "", 40, 32000, 1)),
        (BERT_LARGE, "bert-large-512", "stated", ("dgx-a100", 8, "pytorch-21.03", 40, 32000, 1)),
        (BERT_LARGE, "bert-large-512", "stated", ("ipu-pod", 16, "", 2, 16384, 4)),
        (VIT_B16, "vit-b16", "stated", ("dgx-a100", 8, "", 128, 4096, 1)),
        (VIT_B16, "vit-b16", "stated", ("ipu-pod", 16, "", 8, 4096, 4)),
        (onnx_models.vit_b16, "vit-b16", "stated", ("dgx-a100", 8, "", 128, 4096, 1)),
        (onnx_models.resnet50, "resnet50", "closed", ("dgx-a100", 8, "pytorch-21.03", 256, 2048, 1)),
        (onnx_models.resnet50, "resnet50", "closed", ("ipu-pod", 16, "", 20, 3200, 1)),
        (onnx_models.efficientnet_b4, "efficientnet-b4", "stated", ("dgx-a100", 8, "tensorflow2-21.02", 64, 4096, 1)),
        (onnx_models.efficientnet_b4, "efficientnet-b4", "stated", ("ipu-pod", 16, "", 3, 768, 4)),
    ],
)
def test_that_a_file_takes_as_long_as_what_is_shipped_and_is_told_widely(asked, source, shipped, recipe, where):
    job = asked(source)
    own, known = throughput(job.key, "stated", *where), throughput(shipped, recipe, *where)
    assert own.throughput_samples_per_s.median == pytest.approx(known.throughput_samples_per_s.median, rel=FEW)
    assert (own.basis, own.beyond) == ("extrapolated", ("workload",))
    assert _width(own) >= _width(known) and _width(own) > 1.8


def _width(projection) -> float:
    return projection.throughput_samples_per_s.high / projection.throughput_samples_per_s.low


@pytest.mark.parametrize(("model", "shipped"), [("resnet50", "resnet50"), ("efficientnet_b4", "efficientnet-b4")])
def test_that_a_graph_moves_as_much_as_the_shipped_one(asked, model, shipped):
    own, known = network_for(asked(getattr(onnx_models, model)).network, "gpu"), network_for(shipped, "gpu")
    assert (own.parameters, own.forward_flops, own.tensors) == (known.parameters, known.forward_flops, known.tensors)
    assert own.batch_normalisations == known.batch_normalisations
    assert moved(own) == pytest.approx(moved(known), rel=0.02)
    assert own.kept_bytes == pytest.approx(known.kept_bytes, rel=0.001)


@pytest.mark.parametrize("fused", [False, True])
def test_that_one_kernel_for_attention_moves_no_score_of_a_graph_either(asked, fused):
    kernels = Kernels(fused_attention=fused)
    own = network_for(asked(onnx_models.vit_b16).network, "gpu", (), kernels)
    known = network_for("vit-b16", "gpu", (), kernels)
    assert (own.parameters, own.forward_flops) == (known.parameters, known.forward_flops)
    assert moved(own) == pytest.approx(moved(known), rel=0.06)  # three products read what one joint product reads once
    assert [op.aligned for op in own.ops if op.op_class == "attention"] == [fused, fused]


def moved(network) -> float:
    return sum(op.activation_bytes * op.count for op in network.ops)


def test_that_ops_that_are_not_understood_are_named_and_make_it_wider(asked):
    def strange():
        net = onnx_models.Model(x=("batch", 64, 256))
        x = net.add("MatMul", "x", net.weight(256, 256))
        model = net.model(net.add("Rotate", x, net.weight(256, 256), domain="acme"))
        model.opset_import.append(helper.make_opsetid("acme", 1))
        return model

    job = asked(strange)
    assert job.not_understood == pytest.approx(0.5)
    assert any("'acme::Rotate' is not understood" in note and "50.0 % of the FLOPs" in note for note in job.notes)
    case = Case(job.key, SystemChoice("dgx-a100", 8), "2021-12", "stated", BEST)
    projected = project(load_world(), case)
    assert projected.beyond == ("workload", "ops that are not understood")
    plain = asked(onnx_models.lenet5)
    other = project(load_world(), Case(plain.key, SystemChoice("dgx-a100", 8), "2021-12", "stated", BEST))
    assert _width(projected) > 1.5 * _width(other)
    assert any("acme::Rotate" in told(note) for note in projected.notes)

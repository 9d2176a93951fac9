"""ONNX models as exporters write them, node by node: published networks, and small ones with one trap each.

Large weights have a shape and no values: only the shape counts.
"""

from math import prod
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

Size = int | str
OPSET = [helper.make_opsetid("", 17)]


class Model:
    """A graph that grows by its nodes; every method returns the name of what it made."""

    def __init__(self, **inputs: tuple[Size, ...]) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self.inputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, sizes) for name, sizes in inputs.items()]
        self.count = 0

    def name(self) -> str:
        self.count += 1
        return f"t{self.count}"

    def weight(self, *sizes: int) -> str:
        name = self.name()
        self.weights.append(bare(name, *sizes))
        return name

    def constant(self, values: object, kind: type = np.int64) -> str:
        name = self.name()
        self.weights.append(numpy_helper.from_array(np.array(values, dtype=kind), name))
        return name

    def add(self, kind: str, *read: str, **attributes: object) -> str:
        name = self.name()
        self.nodes.append(helper.make_node(kind, read, [name], **attributes))
        return name

    def convolution(self, x: str, put_in: int, out: int, kernel: int, *, stride=1, pad=0, groups=1, bias=True) -> str:
        weights = [self.weight(out, put_in // groups, kernel, kernel)] + ([self.weight(out)] if bias else [])
        return self.add("Conv", x, *weights, strides=[stride] * 2, pads=[pad] * 4, group=groups)

    def normalised(self, x: str, channels: int) -> str:
        return self.add("BatchNormalization", x, *(self.weight(channels) for _ in range(4)))

    def dense(self, x: str, put_in: int, out: int) -> str:
        return self.add("Gemm", x, self.weight(out, put_in), self.weight(out), transB=1)

    def pooled(self, x: str, kernel: int, stride: int, pad: int = 0) -> str:
        return self.add("MaxPool", x, kernel_shape=[kernel] * 2, strides=[stride] * 2, pads=[pad] * 4)

    def model(self, *outputs: str) -> onnx.ModelProto:
        """outputs: the last thing made where none is named; their sizes are left to the reader."""
        names = outputs or (f"t{self.count}",)
        told = [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in names]
        graph = helper.make_graph(self.nodes, "graph", self.inputs, told, self.weights)
        return helper.make_model(graph, opset_imports=OPSET, ir_version=8)


def bare(name: str, *sizes: int) -> onnx.TensorProto:
    """A weight of a shape: zeros where it is small, nothing where only the shape is looked at."""
    if prod(sizes) <= 1024:
        return numpy_helper.from_array(np.zeros(sizes, np.float32), name)
    return onnx.TensorProto(name=name, data_type=TensorProto.FLOAT, dims=sizes)


def saved(model: onnx.ModelProto, folder: Path) -> Path:
    path = folder / "net.onnx"
    path.write_bytes(model.SerializeToString())
    return path


def alexnet() -> onnx.ModelProto:
    """Krizhevsky 2014, arXiv:1404.5997, as torchvision has it."""
    net = Model(image=("batch", 3, 224, 224))
    x = net.pooled(net.add("Relu", net.convolution("image", 3, 64, 11, stride=4, pad=2)), 3, 2)
    x = net.pooled(net.add("Relu", net.convolution(x, 64, 192, 5, pad=2)), 3, 2)
    for put_in, out in ((192, 384), (384, 256), (256, 256)):
        x = net.add("Relu", net.convolution(x, put_in, out, 3, pad=1))
    x = net.add("Flatten", net.pooled(x, 3, 2), axis=1)
    for put_in, out in ((9216, 4096), (4096, 4096), (4096, 1000)):
        x = net.dense(x, put_in, out)
    return net.model(x)


def vgg11() -> onnx.ModelProto:
    """Simonyan and Zisserman 2014, arXiv:1409.1556, Table 1, column A."""
    net, x, put_in = Model(image=("batch", 3, 224, 224)), "image", 3
    for out, pool in ((64, 1), (128, 1), (256, 0), (256, 1), (512, 0), (512, 1), (512, 0), (512, 1)):
        x, put_in = net.add("Relu", net.convolution(x, put_in, out, 3, pad=1)), out
        x = net.pooled(x, 2, 2) if pool else x
    x = net.add("Reshape", x, net.constant([-1, 25088]))
    for put_in, out in ((25088, 4096), (4096, 4096), (4096, 1000)):
        x = net.dense(x, put_in, out)
    return net.model(x)


def resnet18(*, folded: bool = False) -> onnx.ModelProto:
    """He et al. 2015, arXiv:1512.03385, Table 1. folded: normalisations are in the biases of the convolutions."""
    net = Model(image=("batch", 3, 224, 224))

    def layer(x: str, put_in: int, out: int, kernel: int, stride: int) -> str:
        x = net.convolution(x, put_in, out, kernel, stride=stride, pad=kernel // 2, bias=folded)
        return x if folded else net.normalised(x, out)

    x, put_in = net.pooled(net.add("Relu", layer("image", 3, 64, 7, 2)), 3, 2, 1), 64
    for out in (64, 128, 256, 512):
        for stride in (1 if out == 64 else 2, 1):
            inner = layer(net.add("Relu", layer(x, put_in, out, 3, stride)), out, out, 3, 1)
            short = x if put_in == out else layer(x, put_in, out, 1, stride)
            x, put_in = net.add("Relu", net.add("Add", inner, short)), out
    x = net.add("Flatten", net.add("GlobalAveragePool", x), axis=1)
    return net.model(net.dense(x, 512, 1000))


def resnet50() -> onnx.ModelProto:
    """He et al. 2015, arXiv:1512.03385, Table 1, with the stride on the 3 × 3 convolution."""
    net = Model(image=("batch", 3, 224, 224))

    def layer(x: str, put_in: int, out: int, kernel: int, stride: int = 1) -> str:
        return net.normalised(net.convolution(x, put_in, out, kernel, stride=stride, pad=kernel // 2, bias=False), out)

    x, put_in = net.pooled(net.add("Relu", layer("image", 3, 64, 7, 2)), 3, 2, 1), 64
    for width, times in ((64, 3), (128, 4), (256, 6), (512, 3)):
        for stride in (1 if width == 64 else 2, *[1] * (times - 1)):
            inner = net.add("Relu", layer(x, put_in, width, 1))
            inner = layer(net.add("Relu", layer(inner, width, width, 3, stride)), width, 4 * width, 1)
            short = x if put_in == 4 * width else layer(x, put_in, 4 * width, 1, stride)
            x, put_in = net.add("Relu", net.add("Add", inner, short)), 4 * width
    x = net.add("Flatten", net.add("GlobalAveragePool", x), axis=1)
    return net.model(net.dense(x, 2048, 1000))


def efficientnet_b4() -> onnx.ModelProto:
    """Tan and Le 2019, arXiv:1905.11946: depthwise convolutions, squeeze and excitation, swish of two nodes."""
    net = Model(image=("batch", 3, 380, 380))

    def layer(x: str, put_in: int, out: int, kernel: int, stride: int = 1, groups: int = 1) -> str:
        weights = net.weight(out, put_in // groups, kernel, kernel)
        x = net.add("Conv", x, weights, strides=[stride] * 2, auto_pad="SAME_UPPER", group=groups)
        return net.normalised(x, out)

    def swish(x: str) -> str:
        return net.add("Mul", x, net.add("Sigmoid", x))

    x, put_in = swish(layer("image", 3, 48, 3, 2)), 48
    table = (
        *((1, 24, 2, 3, 1), (6, 32, 4, 3, 2), (6, 56, 4, 5, 2), (6, 112, 6, 3, 2), (6, 160, 6, 5, 1)),
        *((6, 272, 8, 5, 2), (6, 448, 2, 3, 1)),
    )
    for wider, out, times, kernel, first in table:
        for stride in (first, *[1] * (times - 1)):
            wide, inner = put_in * wider, x
            if wider > 1:
                inner = swish(layer(inner, put_in, wide, 1))
            inner = swish(layer(inner, wide, wide, kernel, stride, wide))
            squeezed = swish(net.convolution(net.add("GlobalAveragePool", inner), wide, put_in // 4, 1))
            scale = net.add("Sigmoid", net.convolution(squeezed, put_in // 4, wide, 1))
            inner = layer(net.add("Mul", inner, scale), wide, out, 1)
            x, put_in = (net.add("Add", x, inner) if stride == 1 and put_in == out else inner), out
    x = net.add("Flatten", net.add("GlobalAveragePool", swish(layer(x, put_in, 1792, 1))), axis=1)
    return net.model(net.dense(x, 1792, 1000))


def vit_b16() -> onnx.ModelProto:
    """Dosovitskiy et al. 2021, arXiv:2010.11929, Table 1 (Base): attention and GELU written out, node by node."""
    net = Model(image=("batch", 3, 224, 224))
    tokens, wide, heads = 197, 768, 12
    one, half = net.constant(1.0, np.float32), net.constant(0.5, np.float32)

    def dense(x: str, put_in: int, out: int) -> str:
        return net.add("Add", net.add("MatMul", x, net.weight(put_in, out)), net.weight(out))

    def split(x: str, order: list[int]) -> str:
        return net.add("Transpose", net.add("Reshape", x, net.constant([-1, tokens, heads, 64])), perm=order)

    def normalised(x: str) -> str:
        return net.add("LayerNormalization", x, net.weight(wide), net.weight(wide))

    def gelu(x: str) -> str:
        inner = net.add("Erf", net.add("Div", x, net.constant(2**0.5, np.float32)))
        return net.add("Mul", net.add("Mul", x, net.add("Add", inner, one)), half)

    def named(name: str, *sizes: int) -> str:
        net.weights.append(bare(name, *sizes))
        return name

    x = net.add("Reshape", net.convolution("image", 3, wide, 16, stride=16), net.constant([-1, wide, tokens - 1]))
    x = net.add("Concat", named("class.token", 1, 1, wide), net.add("Transpose", x, perm=[0, 2, 1]), axis=1)
    x = net.add("Add", x, named("positions.table", 1, tokens, wide))
    for _ in range(12):
        y = normalised(x)
        query, key, value = (split(dense(y, wide, wide), order) for order in ([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3]))
        scores = net.add("Softmax", net.add("Div", net.add("MatMul", query, key), net.constant(8.0, np.float32)))
        y = net.add("Transpose", net.add("MatMul", scores, value), perm=[0, 2, 1, 3])
        x = net.add("Add", x, dense(net.add("Reshape", y, net.constant([-1, tokens, wide])), wide, wide))
        x = net.add("Add", x, dense(gelu(dense(normalised(x), wide, 4 * wide)), 4 * wide, wide))
    x = net.add("Gather", normalised(x), net.constant(0), axis=1)
    return net.model(net.dense(x, wide, 1000))


def mobilenet_v2() -> onnx.ModelProto:
    """Sandler et al. 2018, arXiv:1801.04381, Table 2: depthwise convolutions between narrow maps."""
    net = Model(image=("batch", 3, 224, 224))

    def layer(x: str, put_in: int, out: int, kernel: int, stride: int = 1, groups: int = 1) -> str:
        x = net.convolution(x, put_in, out, kernel, stride=stride, pad=kernel // 2, groups=groups, bias=False)
        return net.normalised(x, out)

    x, put_in = net.add("Relu", layer("image", 3, 32, 3, 2)), 32
    table = (1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)
    for wider, out, times, first in table:
        for stride in (first, *[1] * (times - 1)):
            wide, inner = put_in * wider, x
            if wider > 1:
                inner = net.add("Relu", layer(inner, put_in, wide, 1))
            inner = net.add("Relu", layer(inner, wide, wide, 3, stride, wide))
            inner = layer(inner, wide, out, 1)
            x, put_in = (net.add("Add", x, inner) if stride == 1 and put_in == out else inner), out
    x = net.add("Relu", layer(x, 320, 1280, 1))
    x = net.add("Flatten", net.add("GlobalAveragePool", x), axis=1)
    return net.model(net.dense(x, 1280, 1000))


def lenet5() -> onnx.ModelProto:
    net = Model(image=(1, 1, 28, 28))
    x = net.pooled(net.add("Tanh", net.convolution("image", 1, 6, 5, pad=2)), 2, 2)
    x = net.add("Flatten", net.pooled(net.add("Tanh", net.convolution(x, 6, 16, 5)), 2, 2), axis=1)
    for put_in, out in ((400, 120), (120, 84), (84, 10)):
        x = net.dense(x, put_in, out)
    return net.model(x)


def generator() -> onnx.ModelProto:
    """Radford et al. 2015, arXiv:1511.06434, Figure 1, for images of 64 × 64: transposed convolutions."""
    net, x = Model(noise=("batch", 100, 1, 1)), "noise"
    for put_in, out, stride, pad in (
        (100, 512, 1, 0),
        (512, 256, 2, 1),
        (256, 128, 2, 1),
        (128, 64, 2, 1),
        (64, 3, 2, 1),
    ):
        x = net.add("ConvTranspose", x, net.weight(put_in, out, 4, 4), strides=[stride] * 2, pads=[pad] * 4)
        x = net.add("Relu", net.normalised(x, out)) if out > 3 else net.add("Tanh", x)
    return net.model(x)


def recurrent(kind: str) -> onnx.ModelProto:
    """A cell of 64 values over 100 steps of 40, and a dense layer on the last."""
    net, gates = Model(x=(100, "batch", 40)), {"LSTM": 4, "GRU": 3}[kind]
    weights = net.weight(1, gates * 64, 40), net.weight(1, gates * 64, 64), net.weight(1, 2 * gates * 64)
    name = net.name()
    net.nodes.append(helper.make_node(kind, ["x", *weights], ["", name], hidden_size=64))
    return net.model(net.dense(net.add("Squeeze", name, net.constant([0])), 64, 3))


def encoder() -> onnx.ModelProto:
    """A layer of 4 heads on 16 tokens of 32 values: its batch goes through Reshape, and is a new symbol behind it."""
    net = Model(x=("batch", 16, 32))

    def dense(x: str, put_in: int, out: int) -> str:
        return net.add("Add", net.add("MatMul", x, net.weight(put_in, out)), net.weight(out))

    def heads(x: str, order: list[int]) -> str:
        return net.add("Transpose", net.add("Reshape", x, net.constant([-1, 16, 4, 8])), perm=order)

    def normalised(x: str) -> str:
        return net.add("LayerNormalization", x, net.weight(32), net.weight(32))

    query, key, value = (heads(dense("x", 32, 32), order) for order in ([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3]))
    scores = net.add("Div", net.add("MatMul", query, key), net.constant(8**0.5, np.float32))
    context = net.add("MatMul", net.add("Softmax", scores), value)
    joined = net.add("Reshape", net.add("Transpose", context, perm=[0, 2, 1, 3]), net.constant([-1, 16, 32]))
    x = normalised(net.add("Add", "x", dense(joined, 32, 32)))
    return net.model(normalised(net.add("Add", x, dense(net.add("Relu", dense(x, 32, 64)), 64, 32))))


def tied() -> onnx.ModelProto:
    """One matrix of 1,000 words, looked up at one end and multiplied by at the other."""
    net = Model()
    net.inputs = [helper.make_tensor_value_info("words", TensorProto.INT64, ("batch", 20))]
    table = net.weight(1000, 48)
    x = net.add("Gather", table, "words")
    x = net.add("Add", net.add("MatMul", x, net.weight(48, 48)), net.weight(48))
    return net.model(net.add("MatMul", x, net.add("Transpose", table, perm=[1, 0])))


def grouped() -> onnx.ModelProto:
    """Convolutions in groups of 4 channels and of one, and slopes of a rectifier that are trained."""
    net = Model(image=("batch", 3, 32, 32))
    x = net.convolution("image", 3, 32, 3, stride=2, pad=1)
    x = net.convolution(net.convolution(x, 32, 64, 3, pad=1, groups=8), 64, 64, 3, pad=1, groups=64, bias=False)
    x = net.add("ReduceMean", net.add("PRelu", x, net.weight(1, 1, 1)), axes=[2, 3], keepdims=0)
    return net.model(net.dense(x, 64, 10))

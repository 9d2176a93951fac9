"""Kinds of nodes of ONNX: what hands on weights, what only passes over memory, and which operands are trained."""

from ipuwhatif.importers.networks.onnx_products import GATES, Shape

#: Nodes that hand on what they read, so that weights behind them are those before them.
HANDING_ON = (
    "Identity",
    "Cast",
    "Transpose",
    "Reshape",
    "Squeeze",
    "Unsqueeze",
    "Flatten",
    "DequantizeLinear",
    "Expand",
)
#: Nodes that only compute shapes, or make constants.
FREE = (*HANDING_ON, "Constant", "ConstantOfShape", "Shape", "Size", "Range")
#: Nodes that read and write each value about once.
PASSES = frozenset(
    (
        "Abs", "Add", "And", "ArgMax", "ArgMin", "AveragePool", "BatchNormalization", "BitShift", "Ceil",
        "Celu", "Clip", "Concat", "Cos", "CumSum", "DepthToSpace", "Div", "Dropout", "Elu", "Equal", "Erf",
        "Exp", "Floor", "Gather", "GatherElements", "GatherND", "Gelu", "GlobalAveragePool", "GlobalMaxPool",
        "Greater", "GreaterOrEqual", "GroupNormalization", "HardSigmoid", "HardSwish", "InstanceNormalization",
        "IsNaN", "LRN", "LayerNormalization", "LeakyRelu", "Less", "LessOrEqual", "Log", "LogSoftmax",
        "LpNormalization", "Max", "MaxPool", "Mean", "Min", "Mish", "Mod", "Mul", "Neg", "NonZero", "Not",
        "OneHot", "Or", "PRelu", "Pad", "Pow", "QuantizeLinear", "RMSNormalization", "Reciprocal", "ReduceL2",
        "ReduceMax", "ReduceMean", "ReduceMin", "ReduceProd", "ReduceSum", "Relu", "Resize", "Round",
        "ScatterElements", "ScatterND", "Selu", "Sigmoid", "Sign", "Sin", "Slice", "Softmax", "Softplus",
        "Softsign", "SpaceToDepth", "Split", "Sqrt", "Sub", "Sum", "Swish", "Tan", "Tanh", "Tile", "TopK",
        "Trilu", "Upsample", "Where", "Xor",
    )
)  # fmt: skip
BRANCHES = ("then_branch", "else_branch")
#: What nodes read and do not train: means and variances that are measured, values that a recurrent cell starts with.
READ_NOT_TRAINED = {"BatchNormalization": (3, 4), **dict.fromkeys(GATES, (5, 6))}
#: Nodes that always take a weight there, even one of a single value.
SLOPES = ("PRelu", "Conv", "ConvTranspose", "Gemm", "BatchNormalization", "LayerNormalization", "InstanceNormalization")
#: Nodes that weights and constants stand beside alike.
BESIDE = ("Add", "Mul", "Sub", "Div", "Where", "Concat", "Max", "Min")
#: Element types of weights: 32, 16 and 64 bits, bfloat16, four of 8 bits; and what quantized ones are stored as.
NUMBERS = (1, 10, 11, 16, 17, 18, 19, 20, 2, 3, 21, 22)


def is_trained(name: str, shape: Shape) -> bool:
    """Whether an operand of a sum or product is trained: a vector, or a table under the name of a parameter.

    Masks and rotations are tables too, which exporters number instead of naming them by a path.
    """
    return sum(size > 1 for size in shape) < 2 or any(mark in name for mark in "./")


def is_setting(kind: str, place: int) -> bool:
    """Whether a node reads a setting there, not a weight: bounds, scales, what is measured, where a cell starts."""
    if kind in READ_NOT_TRAINED:
        return place in READ_NOT_TRAINED[kind]
    return place > 0 and kind in ("Clip", "Pad", "Resize", "Upsample", "Pow", "OneHot", "QuantizeLinear", "Dropout")

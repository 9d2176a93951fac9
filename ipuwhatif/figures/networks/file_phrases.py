"""What is told and refused of network files, in words."""

from ipuwhatif.figures.phrase import phrase, phrases, some_of
from ipuwhatif.importers.networks.reasons import (
    BodyCountedOnce,
    ConfigurationFault,
    ConfigurationNote,
    Counted,
    DimensionNote,
    Image,
    Inputs,
    KeysNotUnderstood,
    NamesNoDimension,
    NoNetworkFile,
    OfConfiguration,
    OfDimension,
    OfFile,
    OfModel,
    OnnxFault,
    OpNotUnderstood,
    Part,
    Sequence,
    ShapeUnknown,
    Share,
    Strange,
    TablesOfConstants,
    Tied,
    VectorsUsedAgain,
)
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import format_number, printable, quoted, told

MOST_KEYS = 8  # in a sentence

# what a sample is

phrase(Sequence, marked("a sequence of {tokens} tokens"), counts=("tokens",))
phrase(Image, marked("an image of {size} × {size} pixels"), counts=("size",))
phrase(Inputs, "{shapes}")

# a file, whatever its format

phrase(OfFile, marked("{file}: {reason}"))


@told.register
def _(said: NoNetworkFile) -> str:
    known = tr(" or ").join(f"*{each}" for each in said.suffixes)
    return tr("{name} is no network; choose one of {known}", name=quoted(said.name), known=known)


@told.register
def _(said: NamesNoDimension) -> str:
    name, sizes = quoted(said.name), some_of(said.sizes)
    return tr("{name} names no dimension of an input: leave {sizes} out", name=name, sizes=sizes)


# configurations

phrases(
    Strange,
    {
        Strange.MIXTURE: marked("a mixture of experts"),
        Strange.STATE_SPACE: marked("a state space model"),
        Strange.SEVERAL_PARTS: marked("a model of several parts"),
        Strange.COMPRESSED_ATTENTION: marked("attention over compressed keys and values"),
        Strange.READS_ENCODER: marked("a decoder that reads an encoder"),
        Strange.ATTENTION_BIASES: marked("attention with biases of its own"),
        Strange.FEED_FORWARD_BIASES: marked("feed-forward layers with biases"),
        Strange.FEED_FORWARD_PIECES: marked("feed-forward layers cut into pieces"),
    },
)
phrase(
    OfConfiguration,
    {
        ConfigurationFault.FAMILY: marked("model type {kind} is not read; what is read: {known}"),
        ConfigurationFault.STRANGE_FAMILY: marked(
            "model type {kind} is not read, key {key} makes it {what}; what is read: {known}"
        ),
        ConfigurationFault.STRANGE: marked("key {key} makes it {what}, which is not counted here"),
        ConfigurationFault.ARCHITECTURE: marked("architecture {kind} is not read; what is read: {known}"),
        ConfigurationFault.LAYERS: marked("layers of the type {kind} are not counted here"),
        ConfigurationFault.WIDER_POOLER: marked(
            "key 'pooler_output_size': a pooler as wide as no layer is not counted here"
        ),
    },
    "kind",
    "key",
)
phrase(
    Counted,
    {
        ConfigurationNote.QUANTIZED: marked(
            "key 'quantization_config': weights are counted as they are trained, not as they are stored"
        ),
        ConfigurationNote.LENGTH_OF_POSITIONS: marked("sequences of {tokens} tokens, as many as there are positions"),
        ConfigurationNote.LENGTH_ASSUMED: marked(
            "sequences of {tokens} tokens: an assumption, the file allows up to {most}"
        ),
        ConfigurationNote.COUNTED_AS_TRAINED: marked("{name} is counted as the language model that it is trained as"),
    },
    "name",
    counts=("tokens", "most"),
)


@told.register
def _(said: KeysNotUnderstood) -> str:
    keys = ", ".join(map(quoted, said.keys[:MOST_KEYS])) + (" …" if len(said.keys) > MOST_KEYS else "")
    return tr("not understood, and taken to change no product: {keys}", keys=keys)


@told.register
def _(said: Share) -> str:
    if said.of is Part.PREDICTED:
        share = f"{100 * said.share:.0f}"
        return tr("timed with {share} % of the tokens predicted, as BERT is trained; counted with all", share=share)
    return tr(
        "key 'sliding_window': attention is counted over all tokens; {share} % of the FLOPs are more than it computes",
        share=f"{100 * said.share:.1f}",
    )


# ONNX

phrase(
    OfModel,
    {
        OnnxFault.NO_PACKAGE: marked(
            'ONNX files are read with the package onnx: pip install "ipuwhatif[onnx]", or install onnx beside it'
        ),
        OnnxFault.NO_MODEL: marked("no ONNX model"),
        OnnxFault.NO_NODE: marked("no ONNX model, or one without a node"),
        OnnxFault.BUILT_OTHERWISE: marked("it is not built as an ONNX model is"),
        OnnxFault.NODE_BUILT_OTHERWISE: marked("{kind} {name} is not built as its kind is"),
        OnnxFault.TOO_MANY_NODES: marked("more than {most} nodes"),
        OnnxFault.TOO_MANY_VALUES: marked("{name} has more than {most} values"),
        OnnxFault.NESTED_TOO_DEEP: marked("graphs nested more than {most} deep"),
        OnnxFault.CALLS_ITSELF: marked("function {name} calls itself"),
        OnnxFault.WEIGHTS_OUTSIDE: marked(
            "the weights {name} lie outside of its folder, in {place}; save the model with its weights beside it"
        ),
        OnnxFault.NO_SHAPES: marked("its shapes cannot be inferred: {reason}"),
    },
    "name",
    "place",
    counts=("most",),
)
phrase(BodyCountedOnce, marked("{kind} ({count} ×): its body is counted once, however often it runs"))
phrase(Tied, marked("{count} × the values of another matrix: tied, and counted once"), counts=("count",))
phrase(
    VectorsUsedAgain,
    marked(
        "{count} uses of vectors that other nodes use too: counted once; an exporter keeps equal ones of an "
        "untrained network once, which has more parameters then"
    ),
    counts=("count",),
)


@told.register
def _(said: ShapeUnknown) -> str:
    unknown = tr("the shape of {name} at {kind} is not known", name=quoted(said.name), kind=quoted(said.kind))
    if said.behind:
        unknown = tr("{told}, behind {kind}, which is not understood", told=unknown, kind=quoted(said.behind))
    return tr("{file}: {told}; export the model with fixed sizes", file=said.file, told=unknown)


_DIMENSION = {
    DimensionNote.UNKNOWN: marked("no input has a dimension {name}; named are: {known}"),
    DimensionNote.NO_SIZE: marked(
        "dimension {name} of input {input} has no size; state it: ipuwhatif network {file} --size {example}=128"
    ),
    DimensionNote.NO_SIZE_NO_NAME: marked(
        "dimension {place} of input {input} has no size and no name; export the model with one"
    ),
    DimensionNote.ONE_SAMPLE: marked("dimension {name} of input {input} is taken as one sample"),
    DimensionNote.FIRST_ONE_SAMPLE: marked("the first dimension of input {input} has no size: taken as one sample"),
}


@told.register
def _(said: OfDimension) -> str:
    return tr(
        _DIMENSION[said.note],
        name=quoted(said.name),
        input=quoted(said.input),
        place=said.place,
        file=said.file,
        example=printable(said.name),
        known=tr(", ").join(map(quoted, said.known)) or tr("none"),
    )


@told.register
def _(said: OpNotUnderstood) -> str:
    return tr(
        "{kind} is not understood ({count} ×): counted as passes over memory, its weights may stand for {share} % of "
        "the FLOPs",
        kind=quoted(said.kind),
        count=format_number(said.count),
        share=f"{100 * said.share:.1f}",
    )


@told.register
def _(said: TablesOfConstants) -> str:
    names = some_of([f"{name} ({format_number(values)})" for name, values in said.values])
    return tr("tables that are added or multiplied, taken as constants (values each): {names}", names=names)

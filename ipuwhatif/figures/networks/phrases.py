"""What is said and refused of networks that users set or bring, in words."""

from ipuwhatif.figures.phrase import phrase, phrases
from ipuwhatif.networks.reasons import (
    JobNote,
    LayerCount,
    OfJob,
    OfKey,
    OfOps,
    OfSize,
    OpsFault,
    Size,
    SizeCount,
    SizeFault,
    TextFault,
)
from ipuwhatif.texts import marked

phrases(
    Size,
    {
        Size.LAYERS: marked("layers"),
        Size.HIDDEN: marked("width"),
        Size.HEADS: marked("heads"),
        Size.KEY_VALUE_HEADS: marked("key-value heads"),
        Size.FEED_FORWARD: marked("feed-forward width"),
        Size.VOCABULARY: marked("vocabulary"),
        Size.TOKENS: marked("tokens of a sequence"),
        Size.HEAD_WIDTH: marked("width of a head"),
        Size.MATRICES: marked("matrices of the vocabulary"),
        Size.FORM: marked("form of a layer"),
        Size.ADAPTER: marked("rank of adapters"),
    },
)
phrase(
    OfSize,
    {
        SizeFault.BEYOND: marked("{name} {value} is not from 1 to {other}; nearest: {nearest}"),
        SizeFault.LAYER_BEYOND: marked("layer size {value} is not from 1 to {other}; nearest: {nearest}"),
        SizeFault.WIDTH_BY_HEADS: marked("the width {value} does not divide by {other} heads; nearest: {nearest}"),
        SizeFault.WIDTH_BY_HEADS_ALONE: marked(
            "the width {value} does not divide by {other} heads, and no key 'head_dim' says more"
        ),
        SizeFault.HEADS_BY_KEY_VALUE_HEADS: marked(
            "{value} heads do not divide by {other} key-value heads; nearest: {nearest}"
        ),
        SizeFault.TOKENS_BEYOND_POSITIONS: marked("{value} tokens are more than its {other} positions"),
        SizeFault.PATCH_BEYOND_IMAGE: marked("patches of {value} pixels are larger than the image of {other}"),
    },
    counts=("value", "other", "nearest"),
)
phrase(SizeCount, marked("{count} sizes where {wanted} are wanted: {names}"))
phrase(LayerCount, marked("too few or too many layer sizes, {count}; give {fewest} to {most}, nearest: {nearest}"))
phrase(
    OfOps,
    {
        OpsFault.NO_PRODUCT: marked("it has no op that multiplies"),
        OpsFault.TOO_MANY: marked("more than {most} ops"),
        OpsFault.NO_OP: marked("line {line} of its ops is none: {columns}"),
    },
    counts=("most",),
)
phrase(
    OfKey,
    {
        TextFault.NO_LINE: marked("key {key} is not a text of up to {most} letters on one line"),
        TextFault.NO_SHARE: marked("key {key} is not a share below 1"),
    },
    "key",
)
phrase(
    OfJob,
    {
        JobNote.OWN_NAME: marked("{name} [own]"),
        JobNote.MARKED_NAME: marked("{name} {mark}"),
        JobNote.DEFINITION: marked("Definition of the job"),
        JobNote.DEFAULT_AMOUNT: marked("Default amount of work"),
        JobNote.SAMPLES: marked("100 million samples: an assumption"),
        JobNote.TOKENS: marked("128 billion tokens in sequences of {tokens}: an assumption"),
        JobNote.ASSUMPTION: marked("An assumption"),
        JobNote.LAYOUT: marked("micro-batches as large as fit up to {micro}, {batch} samples an update"),
        JobNote.LAYOUT_OF_KIN: marked("as {name} is laid out, its micro-batch by what a sample of each holds"),
    },
    counts=("tokens", "micro", "batch"),
)

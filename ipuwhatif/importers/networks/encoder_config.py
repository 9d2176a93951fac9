"""Configurations of encoders: BERT with its heads, and the vision transformer."""

from collections.abc import Iterator

from ipuwhatif.catalog.documents import Node
from ipuwhatif.importers.networks.decoder_config import whole_or
from ipuwhatif.importers.networks.network_file import NetworkFile
from ipuwhatif.importers.networks.reasons import (
    ConfigurationFault,
    ConfigurationNote,
    Counted,
    Image,
    OfConfiguration,
    Part,
    Sequence,
    Share,
)
from ipuwhatif.networks.bert import MASKED_SHARE, BertHeads, BertSizes, bert_ops
from ipuwhatif.networks.graph import Network
from ipuwhatif.networks.own_graph import BERT, VISION, sizes_values
from ipuwhatif.networks.own_network import IMAGES, SEQUENCES
from ipuwhatif.networks.reasons import OfSize, SizeFault
from ipuwhatif.networks.size_bounds import bounded, not_divisible
from ipuwhatif.networks.vision_transformer import VisionSizes, vision_ops
from ipuwhatif.units import InputError, Said, reason_of

_SIZES = {
    "layers": "num_hidden_layers",
    "hidden": "hidden_size",
    "feed_forward": "intermediate_size",
    "heads": "num_attention_heads",
}
BERT_KEYS = frozenset(
    (
        *_SIZES.values(), "vocab_size", "max_position_embeddings", "type_vocab_size", "tie_word_embeddings",
        "pooler_fc_size", "pooler_num_attention_heads", "pooler_num_fc_layers", "pooler_size_per_head", "pooler_type",
    )
)  # fmt: skip
VIT_KEYS = frozenset((*_SIZES.values(), "image_size", "patch_size", "num_channels", "qkv_bias", "pooler_output_size"))
USUAL_LABELS = 2  # where a file names no classes


def read_bert(node: Node) -> NetworkFile:
    """BERT with the head that its architecture has, on as many tokens as it has positions."""
    layers, hidden, feed_forward, heads = _encoder_sizes(node)
    (vocabulary, positions) = _bounded(node, {"vocabulary": "vocab_size", "tokens": "max_position_embeddings"})
    sizes = BertSizes(layers, hidden, feed_forward, heads, vocabulary, positions, whole_or(node, "type_vocab_size", 2))
    head = _bert_heads(node, positions)
    ops = bert_ops(sizes, head, positions)
    return NetworkFile(
        file=node.file,
        family="bert",
        network=Network("bert", ops, blocks=2 * layers, source=node.file),
        sample=Sequence(positions),
        described={
            "family": BERT,
            "sample": SEQUENCES,
            "tokens": positions,
            "sizes": sizes_values(sizes),
            "heads": sizes_values(head),
        },
        notes=(Counted(ConfigurationNote.LENGTH_OF_POSITIONS, positions), *_of_predicted(head)),
    )


def _of_predicted(heads: BertHeads) -> Iterator[Said]:
    """That training predicts a share of the tokens where the head of a file is counted over all of them."""
    if heads.predicted:
        yield Share(Part.PREDICTED, MASKED_SHARE)


def _bert_heads(node: Node, tokens: int) -> BertHeads:
    kind, labels = _architecture(node, "BertModel"), _labels(node)
    kinds = {
        "BertModel": BertHeads(pooled=True),
        "BertForPreTraining": BertHeads(predicted=tokens, pooled=True, pooled_outputs=2),
        "BertForMaskedLM": BertHeads(predicted=tokens),
        "BertLMHeadModel": BertHeads(predicted=tokens),
        "BertForNextSentencePrediction": BertHeads(pooled=True, pooled_outputs=2),
        "BertForSequenceClassification": BertHeads(pooled=True, pooled_outputs=labels),
        "BertForMultipleChoice": BertHeads(pooled=True, pooled_outputs=1),
        "BertForTokenClassification": BertHeads(token_outputs=labels),
        "BertForQuestionAnswering": BertHeads(token_outputs=labels),
    }
    return kinds[_known(node, kind, tuple(kinds))]


def read_vit(node: Node) -> NetworkFile:
    """A vision transformer with its classifier, or its pooler where it is a bare one."""
    layers, hidden, feed_forward, heads = _encoder_sizes(node)
    kind = _known(node, _architecture(node, "ViTModel"), ("ViTModel", "ViTForImageClassification"))
    image, patch, channels = node.whole("image_size"), node.whole("patch_size"), whole_or(node, "num_channels", 3)
    if patch > image:
        raise node.refuse(OfSize(SizeFault.PATCH_BEYOND_IMAGE, patch, image))
    _in_bounds(node, ((image // patch) ** 2,), ("tokens",))
    if whole_or(node, "pooler_output_size", hidden) != hidden:
        raise node.refuse(OfConfiguration(ConfigurationFault.WIDER_POOLER))
    classes = 0 if kind == "ViTModel" else _labels(node)
    sizes = VisionSizes(
        layers, hidden, feed_forward, heads, image, patch, classes, channels,
        pooled=kind == "ViTModel", query_biases=node.flag("qkv_bias", default=True),
    )  # fmt: skip
    return NetworkFile(
        file=node.file,
        family="vit",
        network=Network("vit", vision_ops(sizes), blocks=2 * layers, source=node.file),
        sample=Image(image),
        described={"family": VISION, "sample": IMAGES, "sizes": sizes_values(sizes)},
    )


def _encoder_sizes(node: Node) -> tuple[int, ...]:
    """Layers, width, feed-forward width and heads."""
    sizes = _bounded(node, _SIZES)
    if sizes[1] % sizes[3]:
        raise node.refuse(not_divisible(sizes[1], sizes[3], SizeFault.WIDTH_BY_HEADS))
    return sizes


def _bounded(node: Node, keys: dict[str, str]) -> tuple[int, ...]:
    """Sizes by the keys that hold them, each within its bounds."""
    return _in_bounds(node, tuple(node.whole(key) for key in keys.values()), tuple(keys))


def _in_bounds(node: Node, values: tuple[int, ...], names: tuple[str, ...]) -> tuple[int, ...]:
    try:
        return bounded(values, names)
    except InputError as error:
        raise node.refuse(reason_of(error)) from error


def _architecture(node: Node, otherwise: str) -> str:
    named = node.texts("architectures") if node.has("architectures") else ()
    return named[0] if named else otherwise


def _known(node: Node, kind: str, kinds: tuple[str, ...]) -> str:
    if kind not in kinds:
        raise node.refuse(OfConfiguration(ConfigurationFault.ARCHITECTURE, kind, known=kinds))
    return kind


def _labels(node: Node) -> int:
    """Classes that the file names or counts."""
    if node.has("id2label"):
        return max(len(node.child("id2label").names()), 1)
    return whole_or(node, "num_labels", USUAL_LABELS)

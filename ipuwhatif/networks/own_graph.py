"""Networks that users bring, by family: what a text says of one, and its op graph for software and length of a sample.

A network is known by a key that is made of its content, so that what is kept under a key never changes.
"""

import csv
import io
import math
from collections.abc import Mapping, Sequence
from typing import Any

from ipuwhatif.catalog.reasons import Flaw, Flawed
from ipuwhatif.networks.bert import MASKED_SHARE, BertHeads, BertSizes, bert_ops
from ipuwhatif.networks.graph import ATTENTION, ELEMENTWISE, MATMUL, OP_CLASSES, Network, Op
from ipuwhatif.networks.kernels import ENTRIES, Kernels
from ipuwhatif.networks.reasons import OfOps, OfSize, OpsFault, SizeFault
from ipuwhatif.networks.size_bounds import FURTHER_SIZES, SIZES, bounded
from ipuwhatif.networks.vision_transformer import VisionSizes, vision_ops
from ipuwhatif.records import Record, asdict, field_names, replace
from ipuwhatif.units import RefusedError, format_number

DECODER, BERT, VISION, OPS = "decoder", "bert", "vit", "ops"
FAMILIES = (DECODER, BERT, VISION, OPS)
MOST_OPS = 5_000
LARGEST = 1e18  # FLOPs, bytes or parameters of an op
MOST_TIMES = 1_000_000  # instances of an op, its steps and its tensors
#: The columns of an op; flags stand together, by their first letters.
COLUMNS = (
    *("class", "times", "flops", "bytes", "parameters", "kept", "tensors", "group", "steps", "scores", "flags", "name"),
)


class OwnGraph(Record, frozen=True):
    """What is known of a network: the sizes of its family, or its ops."""

    family: str
    source: str
    tokens: int = 0  # of a sample; 0 where it has none
    bert: BertSizes | None = None
    heads: BertHeads | None = None
    vision: VisionSizes | None = None
    ops: tuple[Op, ...] = ()

    def graph(self, key: str, layers: tuple[int, ...] = (), kernels: Kernels = ENTRIES) -> Network:
        """The op graph of a sample; `layers` holds the tokens of one where they are set. InputError beyond bounds."""
        if self.bert is not None and self.heads is not None:
            (tokens,) = bounded(layers, ("tokens",)) if layers else (self.tokens,)
            if tokens > self.bert.positions:
                raise RefusedError(OfSize(SizeFault.TOKENS_BEYOND_POSITIONS, tokens, self.bert.positions))
            ops = bert_ops(self.bert, heads_of(self.heads, tokens), tokens, fused=kernels.fused_attention)
            return Network(key, ops, blocks=2 * self.bert.layers, source=self.source)
        if self.vision is not None:
            ops = vision_ops(self.vision, fused=kernels.fused_attention)
            return Network(key, ops, blocks=2 * self.vision.layers, source=self.source)
        ops = fused(self.ops) if kernels.fused_attention else self.ops
        return Network(key, ops, blocks=blocks_of(self.ops), source=self.source)


def heads_of(heads: BertHeads, tokens: int) -> BertHeads:
    """The heads on a sample of so many tokens: of a masked language model a share of them is predicted."""
    if not heads.predicted:
        return heads
    return BertHeads(round(MASKED_SHARE * tokens), heads.pooled, heads.pooled_outputs, heads.token_outputs)


def fused(ops: Sequence[Op]) -> tuple[Op, ...]:
    """The ops where one kernel goes from query to context: no score is moved or kept, and rows are padded."""
    return tuple(
        replace(
            op,
            activation_bytes=op.activation_bytes - op.score_bytes,
            kept_bytes=max(op.kept_bytes - op.score_bytes, 0.0),
            score_bytes=0.0,
            aligned=True,
        )
        if op.score_bytes
        else op
        for op in ops
        if op.op_class != ELEMENTWISE or not 0.0 < op.activation_bytes == op.score_bytes
    )


def blocks_of(ops: Sequence[Op]) -> int:
    """Parts that a pipeline can spread: about three products with weights make one."""
    return max(sum(op.count for op in ops if op.parameters and op.flops) // 3, 1)


def is_transformer(ops: Sequence[Op]) -> bool:
    """Whether most of the work is matrix products and attention."""
    whole = sum(op.flops * op.count * op.steps for op in ops)
    part = sum(op.flops * op.count * op.steps for op in ops if op.op_class in (MATMUL, ATTENTION))
    return part > 0.5 * whole


_KNOWN: dict[str, OwnGraph] = {}


def remember(key: str, graph: OwnGraph) -> None:
    """Let `network_for` find a network by its key."""
    _KNOWN[key] = graph


def own_network(key: str, layers: tuple[int, ...], kernels: Kernels) -> Network:
    """The op graph of a key. KeyError where nobody has brought it in."""
    return _KNOWN[key].graph(key, layers, kernels)


def ops_text(ops: Sequence[Op]) -> str:
    """Ops as lines of CSV."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(COLUMNS)
    for op in ops:
        numbers = (op.count, repr(op.flops), repr(op.activation_bytes), op.parameters, repr(op.kept_bytes))
        flags = "".join(name[0] for name in _FLAGS if getattr(op, name) != _USUAL[name])
        further = (op.tensors, op.group_width, op.steps, repr(op.score_bytes), flags, op.name)
        writer.writerow((op.op_class, *numbers, *further))
    return written.getvalue()


#: What an op may be beside its numbers, and what it is where nothing is said.
_FLAGS = ("normalises_batch", "data_gradient", "aligned")
_USUAL = {"normalises_batch": False, "data_gradient": True, "aligned": True}


def read_ops(text: str) -> tuple[Op, ...]:
    """What `ops_text` wrote. InputError with the line for what is no op."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    ops: list[Op] = []
    try:
        for cells in reader:
            if reader.line_num == 1 and tuple(cells) == COLUMNS:
                continue
            if len(ops) == MOST_OPS:
                raise RefusedError(OfOps(OpsFault.TOO_MANY, MOST_OPS))
            try:
                ops.append(_op(cells))
            except ValueError:
                raise _no_op(reader.line_num) from None
    except csv.Error:
        raise _no_op(reader.line_num) from None
    if not any(op.flops for op in ops):
        raise RefusedError(OfOps(OpsFault.NO_PRODUCT))
    return tuple(ops)


def _no_op(line: int) -> RefusedError:
    return RefusedError(OfOps(OpsFault.NO_OP, line=line, columns=", ".join(COLUMNS)))


def _op(cells: Sequence[str]) -> Op:
    op_class, times, flops, moved, parameters, kept, tensors, group, steps, scores, flags, name = cells
    if op_class not in OP_CLASSES or set(flags) - {each[0] for each in _FLAGS} or not name.isprintable():
        raise ValueError(name)
    return Op(
        name=name[:120],
        op_class=op_class,
        flops=_amount(flops),
        activation_bytes=_amount(moved),
        parameters=_whole(parameters, LARGEST),
        count=_whole(times, MOST_TIMES, 1),
        in_block=True,
        normalises_batch="n" in flags,
        data_gradient="d" not in flags,
        kept_bytes=_amount(kept),
        tensors=_whole(tensors, MOST_TIMES),
        group_width=_whole(group, MOST_TIMES),
        steps=_whole(steps, MOST_TIMES, 1),
        aligned="a" not in flags,
        score_bytes=_amount(scores),
    )


def _amount(text: str) -> float:
    value = float(text)
    if not math.isfinite(value) or not 0.0 <= value <= LARGEST:
        raise ValueError(text)
    return value


def _whole(text: str, largest: float, least: int = 0) -> int:
    value = int(text)
    if not least <= value <= largest:
        raise ValueError(text)
    return value


def sizes_values(record: Record) -> dict[str, int | bool]:
    """The sizes of a family as values of a file."""
    return asdict(record)


def read_sizes(kind: type[Record], values: Mapping[str, object]) -> dict[str, Any]:
    """The sizes of a family from values of a file, whole numbers up to what there may be. InputError for others."""
    known = field_names(kind)
    for name, value in values.items():
        if name not in known:
            raise RefusedError(Flawed(Flaw.KEY_UNKNOWN, name, nearest=known[0]))
        if not isinstance(value, int) or not 0 <= value <= _largest(name):
            raise RefusedError(Flawed(Flaw.NO_WHOLE_NUMBER, name, format_number(_largest(name))))
    return {name: value for name, value in values.items() if isinstance(value, int)}


def _largest(name: str) -> int:
    return (SIZES | FURTHER_SIZES).get(name, SIZES["tokens"])

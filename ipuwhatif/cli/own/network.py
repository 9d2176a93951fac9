"""A file of the user's as the workload that is asked about, and `network`: what such a file holds."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipuwhatif.cli import console
from ipuwhatif.cli.parser import count
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, format_number, printable, quoted, told

if TYPE_CHECKING:
    from ipuwhatif.importers.networks.network_file import NetworkFile

_FILE_LIKE = (".", "/", "\\")  # what the key of no workload holds
MOST_OPS = 40  # of a network that are listed
LARGEST_SIZE = 10**9  # of a dimension
_GIGA = 1e9


def take_network(command: argparse.Namespace) -> None:
    """Where the workload of a command is a file, ask about the job of its network.

    What was assumed of the file is said on standard error. InputError where it is not read.
    """
    word = getattr(command, "workload", None)
    if not isinstance(word, str) or not any(mark in word for mark in _FILE_LIKE):
        return
    from ipuwhatif.importers.networks.bring import ask_about
    from ipuwhatif.importers.networks.read import read_network

    found = read_network(Path(word))
    for note in found.notes:
        console.complain(f"{found.file}: {told(note)}")
    command.workload = ask_about(found).key


def network(command: argparse.Namespace) -> int:
    """The parameters, FLOPs and ops of a network file, and what of it was not understood; it may be kept."""
    from ipuwhatif.importers.networks.read import read_network

    found = read_network(Path(command.network_file), _sizes(command.sizes))
    if command.keep:
        return _keep(command, found)
    return console.answer(command.json, lambda: _text(found, printable(command.network_file)), lambda: _json(found))


def _keep(command: argparse.Namespace, found: "NetworkFile") -> int:
    from ipuwhatif.cli.own.mine import keep_things
    from ipuwhatif.importers.networks.bring import brought_network

    for note in found.notes:
        console.complain(f"{found.file}: {told(note)}")
    return keep_things(command, (brought_network(found),))


def _sizes(texts: list[str]) -> dict[str, int]:
    """Stated sizes of dimensions, "sequence=128", by name."""
    sizes: dict[str, int] = {}
    for text in texts:
        name, equals, size = text.rpartition("=")
        if not (equals and name):
            raise InputError(tr("{text} is no size of a dimension; write for example sequence=128", text=quoted(text)))
        if name in sizes:
            raise InputError(tr("the size of {name} is stated twice; state it once", name=quoted(name)))
        try:
            sizes[name] = count(size)
        except argparse.ArgumentTypeError as error:
            raise InputError(str(error)) from None
        if sizes[name] > LARGEST_SIZE:
            raise InputError(tr("{number} is too large", number=quoted(size)))
    return sizes


def _shares(found: "NetworkFile") -> dict[str, float]:
    """Part of the FLOPs of the forward pass by class of op, the largest first."""
    whole = found.network.forward_flops or 1.0
    parts: dict[str, float] = {}
    for op in found.network.ops:
        parts[op.op_class] = parts.get(op.op_class, 0.0) + op.flops * op.count * op.steps
    return {key: part / whole for key, part in sorted(parts.items(), key=lambda each: -each[1]) if part}


def _text(found: "NetworkFile", path: str) -> str:
    """path: as it was typed, for the next command."""
    from ipuwhatif.figures.roofline.roofline_words import class_name

    graph = found.network
    shares = [f"{class_name(key)} {100 * share:.1f} %" for key, share in _shares(found).items()]
    lines = [
        tr("{file}: {family}; a sample is {sample}", file=found.file, family=found.family, sample=told(found.sample)),
        tr("{count} parameters", count=format_number(graph.parameters)),
        tr(
            "{count} GFLOPs forward a sample: {shares}",
            count=format_number(graph.forward_flops / _GIGA, 6),
            shares=tr(", ").join(shares),
        ),
        *([tr("attention is counted without the scores behind its mask")] if found.layers else []),
        *map(told, found.notes),
        "",
        *_table(found),
    ]
    if len(graph.ops) > MOST_OPS:
        lines.append(tr("and {count} more; --json lists all", count=format_number(len(graph.ops) - MOST_OPS)))
    amount = '--tokens "10 G"' if found.described.get("tokens") or found.layers else '--samples "10 M"'
    lines += ["", tr("Ask: ipuwhatif compare -w {file} {amount}", file=path, amount=amount)]
    return "\n".join(lines)


def _table(found: "NetworkFile") -> list[str]:
    """Lines of the ops, names flush left and numbers flush right."""
    from ipuwhatif.export.terminal import columns_of, padded
    from ipuwhatif.figures.roofline.op_names import op_text

    rows = [(tr("op"), tr("times"), tr("GFLOPs each"), tr("parameters each"))]
    for op in found.network.ops[:MOST_OPS]:
        numbers = format_number(op.count), format_number(op.flops * op.steps / _GIGA, 4), format_number(op.parameters)
        rows.append((op_text(op.name), *numbers))
    widths = [max(map(columns_of, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            padded(text, width, right=place > 0) for place, (text, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]


def _json(found: "NetworkFile") -> dict[str, Any]:
    graph = found.network
    return {
        "file": found.file,
        "family": found.family,
        "sample": told(found.sample),
        "parameters": graph.parameters,
        "forward_flops": graph.forward_flops,
        "shares_of_flops": _shares(found),
        "layers": list(found.layers) or None,
        "notes": list(map(told, found.notes)),
        "ops": [
            {
                "name": op.name,
                "class": op.op_class,
                "count": op.count,
                "flops": op.flops * op.steps,
                "parameters": op.parameters,
            }
            for op in graph.ops
        ],
    }

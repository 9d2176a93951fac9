"""A chip of a user's own, as a file: the one that tests bring in, change and damage."""

from collections.abc import Mapping

from ipuwhatif.importers.toml import toml_text

CHIP = {
    "chip": {
        "key": "my-chip",
        "name": "My Chip 96 GB",
        "architecture": "gpu",
        "peak_flops": {"value": 700, "unit": "TFLOPS", "origin": "sheet"},
        "peak_flops_32": {"value": 350, "unit": "TFLOPS", "origin": "sheet"},
        "memory_bandwidth": {"value": 4000, "unit": "GB/s", "origin": "sheet"},
        "memory_size": {"value": 96, "unit": "GB", "origin": "sheet"},
        "power": {"value": 600, "unit": "W", "origin": "told"},
    },
    "system": {
        "name": "My server",
        "chips_per_machine": 8,
        "chips_per_domain": 8,
        "maximum_chips": 1024,
        "link_class": "nvlink",
        "origin": "told",
        "link_bandwidth": {"value": 400, "unit": "GB/s", "origin": "sheet"},
        "network_bandwidth": {"value": 50, "unit": "GB/s", "origin": "told"},
    },
    "origins": {
        "sheet": {"title": "My Chip, data sheet", "locator": "page 3", "date": "2025-03", "kind": "read"},
        "told": {"title": "Told by our vendor", "locator": "mail to the team", "date": "2025-04-01", "kind": "stated"},
    },
}
LEFT_OUT = object()


def chip_text(**changes: object) -> str:
    """The file, with other values by path, `chip__peak_flops__value=1`, or without them, `system__origin=LEFT_OUT`."""
    values = {name: _copied(table) for name, table in CHIP.items()}
    for path, value in changes.items():
        *way, last = path.split("__")
        table = values
        for name in way:
            table = table.setdefault(name, {})
        if value is LEFT_OUT:
            del table[last]
        else:
            table[last] = value
    return toml_text(values)


def _copied(table: Mapping) -> dict:
    return {name: _copied(each) if isinstance(each, Mapping) else each for name, each in table.items()}

"""Small TOML files as this program writes them: Python reads TOML and does not write it."""

import math
from collections.abc import Mapping

_ESCAPED = {"\\": "\\\\", '"': '\\"', "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")


def toml_text(values: Mapping[str, object]) -> str:
    """The object as TOML, which reads back as the same: plain values first, then a table for each object in it.

    What lies deeper stands on one line. ValueError for what TOML does not hold: None, or a number that is not finite.
    """
    tables = {key: value for key, value in values.items() if isinstance(value, Mapping)}
    lines = [_line(key, value) for key, value in values.items() if key not in tables]
    for key, table in tables.items():
        lines += ["", f"[{_key(key)}]", *(_line(name, value) for name, value in table.items())]
    return "\n".join(lines).lstrip("\n") + "\n"


def _line(key: str, value: object) -> str:
    return f"{_key(key)} = {_block(value) if isinstance(value, str) and _is_block(value) else _value(value)}"


def _is_block(text: str) -> bool:
    """Whether a text is to stand as it is, line by line, between marks that it does not hold itself."""
    plain = all(letter in "\n\t" or (letter >= " " and letter != "\x7f") for letter in text)
    return plain and "\n" in text and "'''" not in text and not text.endswith("'")


def _block(text: str) -> str:
    return f"'''\n{text}'''"


def _value(value: object) -> str:
    if isinstance(value, str):
        return f'"{"".join(map(_letter, value))}"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float) and math.isfinite(value):
        return repr(value)
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, Mapping):
        inside = ", ".join(f"{_key(key)} = {_value(each)}" for key, each in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    raise ValueError(f"TOML holds no {value!r}")


def _key(key: str) -> str:
    return key if key and _LETTERS.issuperset(key) else _value(key)


def _letter(letter: str) -> str:
    if letter in _ESCAPED:
        return _ESCAPED[letter]
    return letter if letter >= " " and letter != "\x7f" else f"\\u{ord(letter):04x}"

"""Names of ops in the user's language: "convolution 3 × 3, 64 to 256, 56 × 56", word by word around the sizes."""

import re

from ipuwhatif.texts import tr

_GROUPS = re.compile(r"(in groups of \d+) ")
_PHRASE = re.compile(r"[a-z](?:[a-z' -]*[a-z])?")


def op_text(name: str) -> str:
    """The name of an op as the networks write it, in words."""
    parts = _GROUPS.sub(r"\1, ", name).split(", ")  # a size after a number would be read as one with it
    return tr(", ").join(_PHRASE.sub(lambda found: tr(found.group()), part) for part in parts)


def op_phrases(name: str) -> list[str]:
    """What is translated of a name."""
    return _PHRASE.findall(name)

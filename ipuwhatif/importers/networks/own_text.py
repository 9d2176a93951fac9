"""A network file as a job of the user's own: its name, and the text that is kept of it and travels in documents."""

from pathlib import Path

from ipuwhatif.importers.networks.network_file import NetworkFile
from ipuwhatif.importers.toml import toml_text
from ipuwhatif.networks.own_network import LONGEST_NAME, LONGEST_NOTE, MOST_NOTES
from ipuwhatif.units import printable, told

#: What exporters call any network: the folder tells more.
USUAL_NAMES = ("config", "model", "model_quantized")


def own_text(found: NetworkFile) -> str:
    """The text of a network, which reads back as a job by `read_own_network`."""
    notes = [told(note)[:LONGEST_NOTE] for note in found.notes[:MOST_NOTES]]
    return toml_text(
        {
            "name": found.name,
            "source": found.file[:LONGEST_NOTE],
            **({"notes": notes} if notes else {}),
            **({"not_understood": found.not_understood} if found.not_understood else {}),
            **found.described,
        }
    )


def name_of(path: Path, called: str = "") -> str:
    """What a network is called: as its file calls it, else as the file, or its folder where that says nothing.

    called: what the file says, "mistralai/Mistral-7B-v0.1" or a path; its last part counts.
    """
    own = called.replace("\\", "/").rstrip("/").rpartition("/")[2]
    stem = path.name.partition(".")[0]
    folder = path.absolute().parent.name
    for word in (own, stem if stem.casefold() not in USUAL_NAMES else "", folder, stem):
        name = "".join(letter for letter in printable(word) if letter not in "[]{}").strip()[:LONGEST_NAME].strip()
        if any(letter.isalnum() for letter in name):
            return name
    return "network"

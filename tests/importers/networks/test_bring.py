"""A network is kept under the key of its job; one that was exported comes in as it was."""

import json

import pytest

from ipuwhatif.importers.networks.bring import takes_network
from ipuwhatif.importers.readers import bring
from ipuwhatif.units import InputError
from tests.networks.test_own_network import BERT, OPS, text_of
from tests.own_chip import chip_text

CONFIG = {
    **{"model_type": "llama", "hidden_size": 64, "num_attention_heads": 4, "num_key_value_heads": 2, "vocab_size": 99},
    **{"intermediate_size": 128, "num_hidden_layers": 2, "max_position_embeddings": 64},
}


@pytest.mark.parametrize(
    ("place", "called", "name"),
    [
        ("hub/config.json", "org/Tiny-1", "tiny-1"),
        ("hub/tiny-2/config.json", "", "tiny-2"),
        ("hub/tiny-3.json", "", "tiny-3"),
        ("hub/tiny-4/config.json", "C:\\models\\Tiny-5", "tiny-5"),
        ("hub/tiny-6/config.json", "[]", "tiny-6"),
    ],
)
def test_that_a_network_is_called_as_its_file_says_else_as_its_file_or_folder(tmp_path, place, called, name):
    path = tmp_path / place
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(CONFIG | ({"_name_or_path": called} if called else {})))
    (thing,) = bring(path)
    assert thing.kind == "network" and thing.name.startswith(f"own-{name}-")


@pytest.mark.parametrize("described", [BERT, OPS])
def test_that_an_exported_network_comes_in_as_it_was(tmp_path, described):
    path = tmp_path / "mine.toml"
    path.write_bytes(("\ufeff" + text_of(described)).replace("\n", "\r\n").encode())
    (thing,) = bring(path)
    assert (thing.kind, thing.text) == ("network", text_of(described))
    (tmp_path / "again.toml").write_text(thing.text)
    assert bring(tmp_path / "again.toml")[0].name == thing.name


def test_that_a_toml_of_another_kind_is_no_network(tmp_path):
    (tmp_path / "chip.toml").write_text(chip_text())
    assert not takes_network(tmp_path / "chip.toml") and not takes_network(tmp_path / "gone.toml")
    (tmp_path / "bad.toml").write_bytes(b'family = "bert"\n\xff')
    with pytest.raises(InputError, match=r"bad\.toml, byte 16: not UTF-8 text"):
        bring(tmp_path / "bad.toml")

"""Files that are networks, told from others of the same ending, and where they are asked about."""

from pathlib import Path

import pytest

from ipuwhatif.importers.networks.network_suffix import CONFIG_BYTES, holds_network
from ipuwhatif.importers.readers import bring
from ipuwhatif.records import replace
from ipuwhatif.scenario.files.document import Document
from ipuwhatif.scenario.files.file_format import document_bytes
from ipuwhatif.scenario.scenario import FIRST_START
from tests.refusals import refused


@pytest.mark.parametrize(
    ("name", "data", "network"),
    [
        ("config.json", b'{"model_type": "llama"}', True),
        ("CONFIG.JSON", b'{"model_type": "unknown"}', True),
        ("net.onnx", b"anything", True),
        ("plan.json", document_bytes(Document((FIRST_START,))), False),
        ("plan.json", document_bytes(Document((replace(FIRST_START, headlines={"compare": '"model_type"'}),))), False),
        ("result.json", b'{"time": 28.3}', False),
        ("config.toml", b'{"model_type": "llama"}', False),
        ("config.json", b'{"model_type": "llama"}' + b" " * CONFIG_BYTES, False),
    ],
)
def test_that_a_network_is_told_from_a_scenario_of_the_same_ending(tmp_path: Path, name, data, network) -> None:
    (tmp_path / name).write_bytes(data)
    assert holds_network(tmp_path / name) is network


def test_that_what_is_no_file_is_no_network(tmp_path: Path) -> None:
    (tmp_path / "folder.onnx").mkdir()
    assert not holds_network(tmp_path / "folder.onnx") and not holds_network(tmp_path / "missing.json")


def test_that_a_network_that_is_to_be_imported_is_read_as_one(tmp_path: Path) -> None:
    path = tmp_path / "config.json"
    path.write_text('{"model_type": "llama"}', encoding="utf-8")
    with refused("config.json, $: key 'hidden_size' is missing"):
        bring(path)

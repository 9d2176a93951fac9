"""A document takes the networks of its scenarios along; a faulty one in a file is refused by its name."""

import json
import re

import pytest

from ipuwhatif.analysis.kept_answers import with_own_things
from ipuwhatif.analysis.world import World, load_world
from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.networks.own_network import own_key, read_own_network, with_networks
from ipuwhatif.records import replace
from ipuwhatif.scenario.edits import set_layers, set_workload
from ipuwhatif.scenario.files.document import Document
from ipuwhatif.scenario.files.file_format import document_bytes, read_content
from ipuwhatif.scenario.levers import load_levers
from ipuwhatif.scenario.scenario import FIRST_START
from ipuwhatif.units import InputError
from tests.networks.test_own_network import BERT, DECODER, text_of
from tests.refusals import refused

SHIPPED, LEVERS = load_catalog(), load_levers()
TEXT = text_of(BERT)
JOB = read_own_network(TEXT, "it", SHIPPED)
WORLD = World(with_networks(SHIPPED, [JOB]), load_world().calibration, LEVERS)
ABOUT = set_workload(FIRST_START, JOB.key, WORLD.catalog).scenario
DOCUMENT = with_own_things(WORLD, Document((ABOUT, FIRST_START), ("", "")))


def file_with(networks: object) -> bytes:
    return json.dumps({**json.loads(document_bytes(DOCUMENT)), "own_networks": networks}).encode()


def test_that_a_file_brings_along_the_networks_of_its_scenarios_and_reads_back_as_it_was():
    data = document_bytes(DOCUMENT)
    assert json.loads(data)["own_networks"] == {JOB.key: TEXT}
    opened = read_content(data, "plan.ipuwhatif", SHIPPED, LEVERS).document
    assert opened.scenarios == DOCUMENT.scenarios and document_bytes(opened) == data
    assert b"own_networks" not in document_bytes(with_own_things(WORLD, Document((FIRST_START,), ("",))))


def test_that_a_shorter_sequence_of_the_network_is_kept():
    changed = set_layers(ABOUT, (16,), WORLD.catalog).scenario
    data = document_bytes(with_own_things(WORLD, Document((changed,), ("",))))
    assert read_content(data, "plan.ipuwhatif", SHIPPED, LEVERS).document.scenario.layers == (16,)
    longer = document_bytes(with_own_things(WORLD, Document((replace(ABOUT, layers=(64,)),), ("",))))
    with refused("plan.ipuwhatif, scenario.scenarios[0]: 64 tokens are more than its 32 positions"):
        read_content(longer, "plan.ipuwhatif", SHIPPED, LEVERS)


@pytest.mark.parametrize(
    ("networks", "told"),
    [
        ([], "plan.ipuwhatif, scenario: key 'own_networks' is not an object"),
        ({JOB.key: 1}, f"plan.ipuwhatif, scenario.own_networks: key '{JOB.key}' is not a text"),
        ({"own-x": TEXT}, f"plan.ipuwhatif, 'own-x': its key is '{JOB.key}'"),
        (
            {JOB.key: text_of(BERT, family="gan")},
            f"plan.ipuwhatif, '{JOB.key}', $: family 'gan' is unknown; nearest: vit",
        ),
        ({JOB.key: "#" * 400_001}, "plan.ipuwhatif, scenario.own_networks: larger than 400,000 bytes"),
        ({}, f"plan.ipuwhatif, scenario.scenarios[0]: workload '{JOB.key}' is unknown; nearest: "),
    ],
)
def test_that_a_faulty_network_in_a_file_is_refused_by_its_name(networks, told):
    with pytest.raises(InputError, match=re.escape(told)):
        read_content(file_with(networks), "plan.ipuwhatif", SHIPPED, LEVERS)


def test_that_a_decoder_is_its_sizes_until_others_are_set():
    text = text_of(DECODER)
    job = read_own_network(text, "it", SHIPPED)
    assert job.key.startswith("own-mine-") and own_key("Mine", {}) != job.key
    assert (job.sizes, job.tokens_per_sample) == ((2, 64, 4, 2, 256, 1000, 128), 128)

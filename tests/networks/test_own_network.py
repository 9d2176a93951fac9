"""A text of a network becomes a job with traits, software and layouts of its kin; what is wrong is told by its key."""

import re
import tomllib

import pytest

from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.importers.toml import toml_text
from ipuwhatif.networks.library import network_for
from ipuwhatif.networks.own_graph import ops_text
from ipuwhatif.networks.own_network import own_key, read_own_network, with_networks
from ipuwhatif.units import InputError

SHIPPED = load_catalog()
SIZES = {"layers": 2, "hidden": 64, "feed_forward": 256, "heads": 4, "vocabulary": 99, "positions": 32, "segments": 2}
HEADS = {"predicted": 32, "pooled": True, "pooled_outputs": 2, "token_outputs": 0}
BERT = {"family": "bert", "sample": "sequences", "tokens": 32, "sizes": SIZES, "heads": HEADS}
VIT = {
    "family": "vit",
    "sample": "images",
    "sizes": {"layers": 2, "hidden": 64, "feed_forward": 256, "heads": 4, "image": 32, "patch": 8, "classes": 10},
}
DECODER = {"family": "decoder", "sample": "sequences", "sizes": [2, 64, 4, 2, 256, 1000, 128]}
OPS = {"family": "ops", "sample": "images", "ops": ops_text(network_for("resnet50", "gpu").ops)}


def text_of(described: dict, **changed: object) -> str:
    return toml_text({"name": "Mine", "source": "config.json", **described, **changed})


@pytest.mark.parametrize(
    ("described", "network", "traits", "software"),
    [
        (BERT, "own:", ("transformer",), "vendor"),
        (VIT, "own:", ("transformer",), "vendor"),
        (DECODER, "transformer", ("transformer", "language"), "vendor"),
        (OPS, "own:", (), "vendor"),
    ],
)
def test_that_each_family_is_a_job_with_the_traits_and_software_of_its_kin(described, network, traits, software):
    job = read_own_network(text_of(described), "it", SHIPPED)
    assert job.name == "Mine [own]" and job.network.startswith(network) and job.kind == "stated"
    assert (job.traits, job.frameworks[0]) == (traits, software)
    assert {row.architecture for row in job.layouts} >= {"gpu"} and all(row.workload == job.key for row in job.layouts)
    assert all("assumption" in row.origin.title.lower() for row in job.layouts)
    assert network_for(job.network, "gpu", job.sizes).parameters > 0


def test_that_a_key_is_made_of_name_and_content_and_two_of_one_name_are_told_apart():
    texts = [text_of(BERT), text_of(BERT, tokens=16)]
    again = read_own_network(text_of(BERT, notes=["an assumption"]), "it", SHIPPED)
    jobs = [read_own_network(text, "it", SHIPPED) for text in texts]
    assert [job.key for job in jobs] == [own_key("Mine", tomllib.loads(text)) for text in texts]
    assert jobs[0].key == again.key != jobs[1].key
    catalog = with_networks(with_networks(SHIPPED, jobs), jobs)
    names = [catalog.workloads[job.key].name for job in jobs]
    assert names == ["Mine [own]", f"Mine [own] {jobs[1].key[-6:]}"]
    assert len(catalog.workloads) == len(SHIPPED.workloads) + 2


def test_that_a_micro_batch_goes_by_what_a_sample_holds():
    job = read_own_network(text_of(BERT), "it", SHIPPED)
    published = max(row.micro_batch for row in SHIPPED.published_layouts if row.workload == "bert-large-512")
    assert max(row.micro_batch for row in job.layouts) > 10 * published
    assert all(row.micro_batch <= row.global_batch for row in job.layouts)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name = ", "it is no TOML"),
        (text_of(BERT, name="[x]"), "key 'name' is not a name of up to 60 letters without brackets"),
        (text_of(BERT, name="x" * 61), "key 'name' is not a name"),
        (text_of(BERT, notes=["a\nb"]), "key 'notes' is not a text of up to 400 letters on one line"),
        (text_of(BERT, notes=["a"] * 13), "key 'notes' is not"),
        (text_of(BERT, not_understood=1.0), "key 'not_understood' is not a share below 1"),
        (text_of(BERT, family="gan"), "gan"),
        (text_of(BERT, extra=1), "key 'extra' is unknown"),
        (text_of(BERT, sizes=SIZES | {"layers": 10**9}), "key 'layers' is not a whole number from 1 to 1,000"),
        (text_of(BERT, sizes=SIZES | {"hidden": 63}), "key 'heads'"),
        (text_of(BERT, sizes=SIZES | {"depth": 3}), "key 'depth' is unknown"),
        (text_of(BERT, tokens=64), "64 tokens are more than its 32 positions"),
        (text_of(VIT, sizes=VIT["sizes"] | {"patch": 64}), "patches of 64 pixels are larger than the image of 32"),
        (text_of(DECODER, sizes=[2, 64]), "2 sizes where"),
        (text_of(DECODER, sizes=[2, 64, 5, 2, 256, 1000, 128]), "heads"),
        (text_of(OPS, ops="matmul,1"), "line 1 of its ops is none"),
        ("#" * 400_001, "it is larger than 400,000 bytes"),
    ],
)
def test_that_what_is_wrong_is_told_in_a_sentence(text, told):
    with pytest.raises(InputError, match=re.escape(told)) as fault:
        read_own_network(text, "it", SHIPPED)
    assert str(fault.value).startswith("it") and "\n" not in str(fault.value)

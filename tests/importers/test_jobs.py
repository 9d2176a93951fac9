"""Jobs of the user's own: those of the store, and guests that join the catalogs in use and leave none behind."""

import gc

import pytest

from ipuwhatif.importers import jobs, mine
from ipuwhatif.importers.jobs import NETWORK, guest_networks, is_guest, own_jobs, welcome_networks
from ipuwhatif.importers.mine import my_catalog, my_faults, shipped_catalog
from ipuwhatif.importers.store import FOLDER_VARIABLE, Brought, Kept, keep
from ipuwhatif.networks.own_network import read_own_network
from ipuwhatif.units import InputError, told
from tests.networks.test_own_network import BERT, DECODER, text_of

TEXT = text_of(BERT)
KEY = read_own_network(TEXT, "it", shipped_catalog()).key


@pytest.fixture(autouse=True)
def own_store(monkeypatch, tmp_path):
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "mine"))


def test_that_a_guest_joins_every_catalog_in_use_and_those_to_come():
    before = my_catalog()
    (job,) = welcome_networks({"a.json": TEXT}, shipped_catalog())
    assert before.workloads[KEY] == job and my_catalog().workloads[KEY] == job
    assert KEY not in shipped_catalog().workloads
    assert is_guest(KEY) and guest_networks() == {KEY: TEXT}


def test_that_of_several_texts_one_that_is_none_lets_in_no_other():
    catalog = my_catalog()
    with pytest.raises(InputError, match="is no TOML"):
        welcome_networks({"a": TEXT, "b": "="}, shipped_catalog())
    assert KEY not in catalog.workloads and guest_networks() == {}


def test_that_a_kept_network_is_in_the_catalog_and_a_damaged_one_is_left_out_with_its_fault():
    keep([Brought(NETWORK, KEY, TEXT, "a.json"), Brought(NETWORK, "own-bad", "name = 1", "b.json")])
    assert KEY in my_catalog().workloads and not is_guest(KEY)
    assert [told(fault) for fault in my_faults()] == ["own-bad, $: key 'name' is not a text"]
    assert [each.key for each in own_jobs(shipped_catalog())[0]] == [KEY]


def test_that_what_was_removed_is_used_on_while_the_program_runs():
    mine.linger(Kept(NETWORK, KEY, TEXT, "a.json", "0"))
    assert KEY in my_catalog().workloads and is_guest(KEY)


def test_that_a_catalog_that_is_gone_is_forgotten():
    catalog = my_catalog()
    count = len(jobs.live_workloads())
    del catalog
    gc.collect()
    assert len(jobs.live_workloads()) < count


def test_that_two_of_one_name_are_told_apart_in_the_catalog():
    catalog = my_catalog()
    first, second = welcome_networks({"a": TEXT, "b": text_of(DECODER)}, shipped_catalog())
    assert catalog.workloads[first.key].name == "Mine [own]"
    assert catalog.workloads[second.key].name == f"Mine [own] {second.key[-6:]}"

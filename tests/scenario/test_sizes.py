import pytest

from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.networks.emulator import DEFAULT_LAYERS
from ipuwhatif.scenario.sizes import has_layers, layers_text, parse_layers
from tests.refusals import refused

EXAMPLE = "write for example 275, 256, 256, 256, 256, 256, 256, 182"
NO_SIZE = f"has no size between two commas or beside one; {EXAMPLE}"


def test_that_only_the_network_without_sizes_of_its_own_has_them_set() -> None:
    workloads = load_catalog().workloads
    assert [key for key, workload in workloads.items() if has_layers(workload)] == ["weather-emulator"]


@pytest.mark.parametrize("text", ["275,256,182", "275, 256, 182", " 275 256 182 ", "275;256;182", "275 ,256 ; 182"])
def test_that_sizes_are_read_however_they_are_set_apart(text) -> None:
    assert parse_layers(text) == (275, 256, 182)


def test_that_the_networks_own_sizes_count_as_none_set_and_print_back() -> None:
    assert parse_layers(layers_text(())) == ()
    assert parse_layers(layers_text((5, 7))) == (5, 7)
    assert layers_text(DEFAULT_LAYERS) == layers_text(())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", f"no layer sizes; {EXAMPLE}"),
        ("  ", f"no layer sizes; {EXAMPLE}"),
        ("5,,5", f"'5,,5' {NO_SIZE}"),
        (",5,5", f"',5,5' {NO_SIZE}"),
        ("5;5;", f"'5;5;' {NO_SIZE}"),
        ("5", "too few or too many layer sizes, 1; give 2 to 64, nearest: 2"),
        ("5,many", "'many' is no layer size; write for example 256"),
        ("5,2.5", "'2.5' is no layer size; write for example 2"),
        ("0,5", "layer size 0 is not from 1 to 1,000,000; nearest: 1"),
        ("5,10000000", "layer size 10,000,000 is not from 1 to 1,000,000; nearest: 1,000,000"),
        (",".join(["5"] * 65), "too few or too many layer sizes, 65; give 2 to 64, nearest: 64"),
    ],
)
def test_that_sizes_that_cannot_be_are_refused_with_the_nearest(text, words) -> None:
    with refused(words):
        parse_layers(text)

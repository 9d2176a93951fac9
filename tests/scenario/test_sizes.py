import pytest

from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.figures.scenarios.sizes import layers_title
from ipuwhatif.networks.emulator import DEFAULT_LAYERS
from ipuwhatif.scenario.sizes import has_layers, layers_text, parse_layers, tokens_of
from tests.refusals import refused

EXAMPLE = "write for example 275, 256, 256, 256, 256, 256, 256, 182"
CATALOG = load_catalog()
EMULATOR, TRANSFORMER, MPT = (CATALOG.workloads[key] for key in ("weather-emulator", "transformer", "mpt-7b"))
NO_SIZE = f"has no size between two commas or beside one; {EXAMPLE}"


def test_that_sizes_are_set_of_networks_without_any_and_of_language_models_for_stated_tokens() -> None:
    workloads = CATALOG.workloads
    assert {key for key, workload in workloads.items() if has_layers(workload)} == {
        "weather-emulator", "transformer", "llama31-8b", "llama31-70b",
        *(key for key in workloads if key.startswith("mpt-")),
    }  # fmt: skip


@pytest.mark.parametrize("text", ["275,256,182", "275, 256, 182", " 275 256 182 ", "275;256;182", "275 ,256 ; 182"])
def test_that_sizes_are_read_however_they_are_set_apart(text) -> None:
    assert parse_layers(text, EMULATOR) == (275, 256, 182)


def test_that_the_networks_own_sizes_count_as_none_set_and_print_back() -> None:
    assert parse_layers(layers_text((), EMULATOR), EMULATOR) == ()
    assert parse_layers(layers_text((5, 7), EMULATOR), EMULATOR) == (5, 7)
    assert layers_text(DEFAULT_LAYERS, EMULATOR) == layers_text((), EMULATOR)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", f"no layer sizes; {EXAMPLE}"),
        ("  ", f"no layer sizes; {EXAMPLE}"),
        ("5,,5", f"'5,,5' {NO_SIZE}"),
        (",5,5", f"',5,5' {NO_SIZE}"),
        ("5;5;", f"'5;5;' {NO_SIZE}"),
        ("5", "too few or too many layer sizes, 1; give 2 to 64, nearest: 2"),
        ("5,many", "'many' is no layer size; write for example 182"),
        ("5,2.5", "'2.5' is no layer size; write for example 2"),
        ("0,5", "layer size 0 is not from 1 to 1,000,000; nearest: 1"),
        ("5,10000000", "layer size 10,000,000 is not from 1 to 1,000,000; nearest: 1,000,000"),
        (",".join(["5"] * 65), "too few or too many layer sizes, 65; give 2 to 64, nearest: 64"),
    ],
)
def test_that_sizes_that_cannot_be_are_refused_with_the_nearest(text, words) -> None:
    with refused(words):
        parse_layers(text, EMULATOR)


def test_that_a_transformer_is_typed_by_all_of_its_sizes_and_another_by_its_tokens() -> None:
    assert layers_text((), TRANSFORMER) == "32, 4096, 32, 8, 14336, 128256, 8192"
    assert parse_layers("2;64;4;2;256;1000;128", TRANSFORMER) == (2, 64, 4, 2, 256, 1000, 128)
    assert parse_layers("2048", MPT) == () and parse_layers("512", MPT) == (512,)
    assert [layers_title(each) for each in (EMULATOR, TRANSFORMER, MPT)] == [
        "Layer sizes",
        "Sizes",
        "Tokens of a sequence",
    ]


def test_that_a_sample_has_the_tokens_that_are_set() -> None:
    assert tokens_of(MPT, ()) == 2048 and tokens_of(MPT, (512,)) == 512
    assert tokens_of(TRANSFORMER, (2, 64, 4, 2, 256, 1000, 128)) == 128
    assert tokens_of(TRANSFORMER, (2, 64, 4, 2, 256, 1000, 128, 32, 1, 2)) == 128
    assert tokens_of(EMULATOR, (5, 7)) == 0


def test_that_a_layer_unlike_llamas_is_typed_with_its_heads_its_matrices_and_its_form() -> None:
    assert parse_layers("2, 64, 4, 2, 256, 1000, 128, 32, 1, qwen3", TRANSFORMER)[7:] == (32, 1, 3)
    adapted = parse_layers("2, 64, 4, 2, 256, 1000, 128, 16, 2, llama, 8", TRANSFORMER)
    assert adapted[7:] == (16, 2, 1, 8) and layers_text(adapted, TRANSFORMER).endswith("16, 2, llama, 8")
    assert layers_text((2, 64, 4, 2, 256, 1000, 128, 32, 1, 4), TRANSFORMER).endswith("1000, 128, 32, 1, gpt2")
    shortest = (2, 64, 4, 2, 256, 1000, 128)
    assert parse_layers("2, 64, 4, 2, 256, 1000, 128, 16, 2, llama", TRANSFORMER) == shortest
    assert parse_layers("32, 4096, 32, 8, 14336, 128256, 8192, 128, 2, llama", TRANSFORMER) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "2;64;4;2;256;1000",
            "6 sizes where 7 are wanted: layers, width, heads, key-value heads, feed-forward width, vocabulary, "
            "tokens of a sequence",
        ),
        (
            "2;64;4;2;256;1000;128;16",
            "8 sizes where 10 are wanted: layers, width, heads, key-value heads, feed-forward width, vocabulary, "
            "tokens of a sequence, width of a head, matrices of the vocabulary, form of a layer",
        ),
        ("2;64;4;2;256;1000;128;16;3;1", "matrices of the vocabulary 3 is not from 1 to 2; nearest: 2"),
        ("2;64;4;2;256;1000;128;16;2;rwkv", "'rwkv' is no layer size; write for example 8192"),
        ("2;64;4;2;256;1000;qwen2", "'qwen2' is no layer size; write for example 8192"),
        ("2;65;4;2;256;1000;128", "the width 65 does not divide by 4 heads; nearest: 5"),
        ("2;64;4;3;256;1000;128", "4 heads do not divide by 3 key-value heads; nearest: 2"),
        ("0;64;4;2;256;1000;128", "layers 0 is not from 1 to 1,000; nearest: 1"),
        ("2;64;4;2;256;1000;2000000", "tokens of a sequence 2,000,000 is not from 1 to 1,048,576; nearest: 1,048,576"),
    ],
)
def test_that_sizes_that_make_no_transformer_are_refused_with_the_nearest(text, words) -> None:
    with refused(words):
        parse_layers(text, TRANSFORMER)

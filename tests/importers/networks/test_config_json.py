"""Configurations against the counts of the library that they are written for, and what is refused of them."""

import json
from contextlib import suppress
from pathlib import Path

import pytest

from ipuwhatif.importers.networks.config_json import FAMILIES, read_config
from ipuwhatif.importers.networks.reasons import ConfigurationNote, Counted, KeysNotUnderstood, Part, Share
from ipuwhatif.networks.decoder import TRANSFORMER, decoder, decoder_sizes
from ipuwhatif.networks.graph import ATTENTION, Network
from ipuwhatif.units import InputError
from tests.refusals import refused

TABLE = json.loads((Path(__file__).parents[2] / "data" / "networks" / "configurations.json").read_text("utf-8"))
ROWS = {row["name"]: row for row in TABLE["rows"]}


def content(config: dict) -> bytes:
    return json.dumps(config).encode()


def config_of(name: str, **changed: object) -> bytes:
    row = ROWS[name]
    labels = {str(each): f"class {each}" for each in range(row.get("classes", 0))}
    return content(row["config"] | ({"id2label": labels} if labels else {}) | changed)


def network_on(name: str) -> Network:
    """The network of a row, on samples of as many tokens as it was counted with."""
    found = read_config(config_of(name), "config.json")
    if not found.layers:
        return found.network
    return decoder(TRANSFORMER, (*found.layers[:6], ROWS[name]["tokens"], *found.layers[7:]))


def test_that_there_are_forty_configurations_of_every_family() -> None:
    assert len(ROWS) >= 40
    assert {row["config"]["model_type"] for row in ROWS.values()} == set(FAMILIES)


@pytest.mark.parametrize("name", ROWS)
def test_that_parameters_agree_to_the_unit_with_the_library_that_trains_it(name: str) -> None:
    network = network_on(name)
    assert network.parameters == ROWS[name]["parameters"]
    if ROWS[name]["tokens"] == 1024:  # a decoder, which is also timed by its sizes
        found = read_config(config_of(name), "config.json")
        sizes = decoder_sizes(TRANSFORMER, (*found.layers[:6], 1024, *found.layers[7:]))
        assert sizes.parameters == ROWS[name]["parameters"]


@pytest.mark.parametrize("name", ROWS)
def test_that_flops_agree_within_a_percent(name: str) -> None:
    row, network = ROWS[name], network_on(name)
    attention = sum(op.flops * op.count for op in network.ops if op.op_class == ATTENTION)
    # that program computes each score, ours half of those behind a mask
    masked = attention if row["tokens"] == 1024 else 0.0
    assert network.forward_flops + masked == pytest.approx(row["flops"], rel=0.01)
    assert attention + masked == pytest.approx(row["attention_flops"], rel=0.01)


@pytest.mark.parametrize(
    ("name", "changed", "parameters"),
    [
        # a matrix of 128,256 words of 2,048 values, where the ends do not share one
        ("llama3_2_1b", {"tie_word_embeddings": False}, 128256 * 2048),
        # as many heads of keys and values as of queries: 24 more of each, of 64 values, in 16 layers
        ("llama3_2_1b", {"num_key_value_heads": 32}, 16 * 2 * 24 * 64 * 2048),
        # heads of 128 values in place of 64
        ("llama3_2_1b", {"head_dim": 128}, 16 * 64 * (2 * 32 + 2 * 8) * 2048),
        # a token type fewer
        ("bert_base", {"type_vocab_size": 1}, -768),
        # no pooler and no next sentence, which has two outputs
        ("bert_base", {"architectures": ["BertForMaskedLM"]}, -(768 * 768 + 768 + 2 * 768 + 2)),
        # no biases of queries, keys and values
        ("vit_b16", {"qkv_bias": False}, -12 * 3 * 768),
        # a pooler in the place of the classifier
        ("vit_b16", {"architectures": ["ViTModel"]}, 768 * 768 + 768 - 1000 * 769),
        ("gpt2", {"n_inner": 1000}, -12 * (2072 * (2 * 768 + 1))),
        ("gpt2", {"n_positions": 2048}, 1024 * 768),
    ],
)
def test_that_each_trap_moves_the_parameters_by_what_it_holds(name: str, changed: dict, parameters: int) -> None:
    found = read_config(config_of(name, **changed), "config.json")
    assert found.network.parameters - ROWS[name]["parameters"] == parameters


def test_that_a_plain_llama_is_a_transformer_by_its_seven_sizes_and_another_says_what_differs() -> None:
    assert read_config(config_of("llama3_1_8b"), "c").layers == (32, 4096, 32, 8, 14336, 128256, 8192)
    assert read_config(config_of("qwen3_0.6b"), "c").layers == (28, 1024, 16, 8, 3072, 151936, 8192, 128, 1, 3)
    assert read_config(config_of("bert_base"), "c").layers == read_config(config_of("vit_b16"), "c").layers == ()


def test_that_what_is_assumed_of_a_file_is_told() -> None:
    assert read_config(config_of("llama2_7b"), "c").notes == ()
    assert read_config(config_of("llama3_1_8b"), "c").notes == (
        Counted(ConfigurationNote.LENGTH_ASSUMED, 8192, most=131072),
    )
    odd = read_config(config_of("llama2_7b", surprise=1, other={}, quantization_config={"bits": 4}), "c").notes
    assert odd == (Counted(ConfigurationNote.QUANTIZED), KeysNotUnderstood(("surprise", "other")))
    other = read_config(config_of("llama2_7b", architectures=["LlamaForSequenceClassification"]), "c").notes
    assert other == (Counted(ConfigurationNote.COUNTED_AS_TRAINED, name="LlamaForSequenceClassification"),)


def test_that_a_window_of_attention_is_told_with_its_share_of_the_flops() -> None:
    # 2 T² q L FLOPs of 8,192 tokens, of which a window of 4,096 leaves out a quarter
    found = read_config(config_of("mistral_7b_v03", sliding_window=4096), "c")
    share = 2 * 8192**2 * 4096 * 32 / 4 / found.network.forward_flops
    assert found.notes[1:] == (Share(Part.BEYOND_WINDOW, pytest.approx(share)),)
    assert len(read_config(config_of("mistral_7b_v03", sliding_window=8192), "c").notes) == 1
    assert len(read_config(config_of("qwen2_7b", sliding_window=4096), "c").notes) == 1  # it is not used
    half = read_config(config_of("qwen2_7b", use_sliding_window=True, sliding_window=4096, max_window_layers=14), "c")
    whole = read_config(config_of("qwen2_7b", layer_types=["sliding_attention"] * 28, sliding_window=4096), "c")
    share = 2 * 8192**2 * 3584 * 28 / 4 / whole.network.forward_flops
    assert whole.notes[1] == Share(Part.BEYOND_WINDOW, pytest.approx(share))
    assert half.notes[1] == Share(Part.BEYOND_WINDOW, pytest.approx(share / 2))


KNOWN = "gpt2, llama, mistral, qwen2, qwen3, bert, vit"
LLAMA = "llama2_7b"


@pytest.mark.parametrize(
    ("config", "words"),
    [
        (b"", "c.json, line 1: broken JSON: Expecting value"),
        (b"\xff", "c.json, byte 0: not UTF-8 text"),
        (b"[]", "c.json, $: not a JSON object"),
        (b"[" * 100_000, "c.json, $: broken JSON: nested too deeply"),
        (b'{"model_type": "llama", "model_type": "bert"}', "c.json, $: duplicate key 'model_type'"),
        (b'{"rope_theta": NaN}', "c.json, $: NaN is not a finite number"),
        (b"{}", "c.json, $: key 'model_type' is missing"),
        (content({"model_type": "rwkv5"}), f"c.json, $: model type 'rwkv5' is not read; what is read: {KNOWN}"),
        (
            content({"model_type": "mixtral", "num_local_experts": 8}),
            "c.json, $: model type 'mixtral' is not read, key 'num_local_experts' makes it a mixture of experts; what "
            f"is read: {KNOWN}",
        ),
        (
            content({"model_type": "mamba", "state_size": 16}),
            "c.json, $: model type 'mamba' is not read, key 'state_size' makes it a state space model; what is read: "
            f"{KNOWN}",
        ),
        (
            content({"model_type": "llava", "vision_config": {"a": 1}}),
            "c.json, $: model type 'llava' is not read, key 'vision_config' makes it a model of several parts; what is "
            f"read: {KNOWN}",
        ),
        (
            config_of(LLAMA, num_experts=8),
            "c.json, $: key 'num_experts' makes it a mixture of experts, which is not counted here",
        ),
        (
            config_of(LLAMA, attention_bias=True),
            "c.json, $: key 'attention_bias' makes it attention with biases of its own, which is not counted here",
        ),
        (
            config_of(LLAMA, mlp_bias=True),
            "c.json, $: key 'mlp_bias' makes it feed-forward layers with biases, which is not counted here",
        ),
        (
            config_of("gpt2", add_cross_attention=True),
            "c.json, $: key 'add_cross_attention' makes it a decoder that reads an encoder, which is not counted here",
        ),
        (config_of(LLAMA, hidden_size=None), "c.json, $: key 'hidden_size' is missing"),
        (
            config_of(LLAMA, hidden_size=-4096),
            "c.json, $: key 'hidden_size' is not a whole number from 1 to 1000000000",
        ),
        (
            config_of(LLAMA, hidden_size=4096.5),
            "c.json, $: key 'hidden_size' is not a whole number from 1 to 1000000000",
        ),
        (
            config_of(LLAMA, num_hidden_layers=10**9),
            "c.json, $: layers 1,000,000,000 is not from 1 to 1,000; nearest: 1,000",
        ),
        (
            config_of("gpt2", n_layer=10**9),
            "c.json, $: layers 1,000,000,000 is not from 1 to 1,000; nearest: 1,000",
        ),
        (
            config_of("bert_base", num_hidden_layers=10**9),
            "c.json, $: layers 1,000,000,000 is not from 1 to 1,000; nearest: 1,000",
        ),
        (
            config_of("vit_b16", image_size=10**9),
            "c.json, $: tokens of a sequence 3,906,250,000,000,000 is not from 1 to 1,048,576; nearest: 1,048,576",
        ),
        (
            config_of("vit_b16", patch_size=225),
            "c.json, $: patches of 225 pixels are larger than the image of 224",
        ),
        (
            config_of("vit_b16", pooler_output_size=5),
            "c.json, $: key 'pooler_output_size': a pooler as wide as no layer is not counted here",
        ),
        (
            config_of("vit_b16", architectures=["ViTForMaskedImageModeling"]),
            "c.json, $: architecture 'ViTForMaskedImageModeling' is not read; what is read: ViTModel, "
            "ViTForImageClassification",
        ),
        (
            config_of("bert_base", num_attention_heads=7),
            "c.json, $: the width 768 does not divide by 7 heads; nearest: 6",
        ),
        (
            config_of(LLAMA, num_attention_heads=33),
            "c.json, $: the width 4,096 does not divide by 33 heads, and no key 'head_dim' says more",
        ),
        (
            config_of(LLAMA, num_key_value_heads=5),
            "c.json, $: 32 heads do not divide by 5 key-value heads; nearest: 4",
        ),
        (config_of("qwen3_0.6b", head_dim=None), "c.json, $: key 'head_dim' is missing"),
        (config_of("qwen2_7b", num_key_value_heads=None), "c.json, $: key 'num_key_value_heads' is missing"),
        (
            config_of("qwen2_7b", layer_types=["full_attention", "linear_attention"]),
            "c.json, $: layers of the type 'linear_attention' are not counted here",
        ),
        (config_of(LLAMA, tie_word_embeddings="yes"), "c.json, $: key 'tie_word_embeddings' is not true or false"),
    ],
)  # fmt: skip
def test_that_what_is_not_understood_is_refused_by_its_key(config: bytes, words: str) -> None:
    with refused(words):
        read_config(config, "c.json")


ODD = (0, -1, 1, 7, 10**9, 10**30, 1.5, 1e308, "x", "", [], {}, [1], {"a": 1}, [[]], True, False, ["full_attention"])
FIRST_OF_FAMILIES = {row["config"]["model_type"]: name for name, row in ROWS.items()}


@pytest.mark.parametrize("family", FAMILIES)
def test_that_whatever_a_key_holds_a_network_or_a_sentence_comes_of_it(family: str) -> None:
    name = FIRST_OF_FAMILIES[family]
    more = (
        "layer_types",
        "sliding_window",
        "use_sliding_window",
        "max_window_layers",
        "head_dim",
        "n_inner",
        "id2label",
    )
    networks = 0
    for key in {**ROWS[name]["config"], **dict.fromkeys(more)}:
        for value in ODD:
            with suppress(InputError):
                networks += read_config(config_of(name, **{key: value}), "c.json").network.parameters > 0
    assert networks > len(ODD)  # keys of no effect are taken with whatever they hold

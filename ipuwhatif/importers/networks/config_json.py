"""The `config.json` that Hugging Face's transformers keeps beside the weights of a model, as a network.

What each key means is as in transformers, src/transformers/models/FAMILY/configuration_FAMILY.py and modeling_FAMILY.py
of release 5.24. A file states everything in which a model differs from the defaults of that library, and all sizes.
"""

from collections.abc import Callable, Mapping

from ipuwhatif.catalog.documents import Node, decode_object
from ipuwhatif.importers.networks.decoder_config import DECODER_KEYS, read_decoder
from ipuwhatif.importers.networks.encoder_config import BERT_KEYS, VIT_KEYS, read_bert, read_vit
from ipuwhatif.importers.networks.network_file import NetworkFile
from ipuwhatif.importers.networks.reasons import (
    ConfigurationFault,
    ConfigurationNote,
    Counted,
    KeysNotUnderstood,
    OfConfiguration,
    Strange,
)
from ipuwhatif.records import replace
from ipuwhatif.units import Said

FAMILIES: Mapping[str, Callable[[Node], NetworkFile]] = {
    **dict.fromkeys(("gpt2", "llama", "mistral", "qwen2", "qwen3"), read_decoder),
    "bert": read_bert,
    "vit": read_vit,
}
#: Keys that change what is computed, and what they make of a network: refused where they say anything but no.
STRANGE_KEYS = {
    **dict.fromkeys(
        ("num_local_experts", "num_experts", "n_routed_experts", "moe_intermediate_size", "num_experts_per_tok"),
        Strange.MIXTURE,
    ),
    **dict.fromkeys(("state_size", "ssm_cfg", "mamba_d_state", "conv_kernel"), Strange.STATE_SPACE),
    **dict.fromkeys(("vision_config", "text_config", "audio_config"), Strange.SEVERAL_PARTS),
    **dict.fromkeys(("kv_lora_rank", "q_lora_rank"), Strange.COMPRESSED_ATTENTION),
    **dict.fromkeys(("add_cross_attention", "is_encoder_decoder"), Strange.READS_ENCODER),
    "attention_bias": Strange.ATTENTION_BIASES,
    "mlp_bias": Strange.FEED_FORWARD_BIASES,
    "chunk_size_feed_forward": Strange.FEED_FORWARD_PIECES,
}
#: Keys that change neither parameters nor products: names, tokens, dropout, rotations, storage, generation.
IDLE_KEYS = frozenset(
    (
        "_name_or_path", "_attn_implementation_autoset", "architectures", "attention_dropout", "attn_pdrop",
        "attention_probs_dropout_prob", "auto_map", "bos_token_id", "bos_token", "classifier_dropout", "dtype",
        "directionality", "do_sample", "dropout", "embd_pdrop", "encoder_stride", "eos_token_id",
        "finetuning_task", "gradient_checkpointing", "hidden_act", "hidden_dropout_prob", "activation_function",
        "id2label", "initializer_range", "is_decoder", "is_llama_config", "label2id", "layer_norm_eps",
        "layer_norm_epsilon", "max_length", "model_type", "num_labels", "output_attentions", "output_hidden_states",
        "output_past", "pad_token_id", "pooler_act", "position_embedding_type", "predict_special_tokens",
        "pretraining_tp", "problem_type", "reorder_and_upcast_attn", "resid_pdrop", "return_dict", "rms_norm_eps",
        "rope_interleaved", "rope_parameters", "rope_scaling", "rope_theta", "scale_attn_by_inverse_layer_idx",
        "scale_attn_weights", "summary_activation", "summary_first_dropout", "summary_proj_to_labels", "summary_type",
        "summary_use_proj", "task_specific_params", "tokenizer_class", "torch_dtype", "transformers.js_config",
        "transformers_version", "unsloth_version", "use_cache",
    )
)  # fmt: skip


def read_config(data: bytes, file: str) -> NetworkFile:
    """The network of a configuration; `file` is what faults name. InputError for what is not understood of it."""
    values = {key: value for key, value in decode_object(data, file).items() if value is not None}
    node = Node(file, "$", values)
    strange = next((key for key in STRANGE_KEYS if values.get(key)), "")
    what = STRANGE_KEYS.get(strange)
    family = node.text("model_type")
    if family not in FAMILIES:
        fault = ConfigurationFault.STRANGE_FAMILY if strange else ConfigurationFault.FAMILY
        raise node.refuse(OfConfiguration(fault, family, strange, what, tuple(FAMILIES)))
    if strange:
        raise node.refuse(OfConfiguration(ConfigurationFault.STRANGE, key=strange, what=what))
    found = FAMILIES[family](node)
    read = {**dict.fromkeys(("bert",), BERT_KEYS), "vit": VIT_KEYS}.get(family, DECODER_KEYS)
    unknown = [key for key in values if key not in IDLE_KEYS and key not in STRANGE_KEYS and key not in read]
    called = values.get("_name_or_path")
    name = called if isinstance(called, str) else ""
    return replace(found, notes=(*found.notes, *_notes(values, unknown)), name=name)


def _notes(values: Mapping[str, object], unknown: list[str]) -> list[Said]:
    notes: list[Said] = []
    if "quantization_config" in values:
        unknown = [key for key in unknown if key != "quantization_config"]
        notes.append(Counted(ConfigurationNote.QUANTIZED))
    if unknown:
        notes.append(KeysNotUnderstood(tuple(unknown)))
    return notes

#!/usr/bin/env bash
# llm-analysis 0.2.2 (the newest on PyPI when this was written), which takes transformers 4.31.0 along. Small install,
# no torch, no GPU; a Python that tokenizers 0.13 has a wheel for (tried with 3.11).
#
# What it is: a calculator of latency and memory of transformer models, for training and inference. It reads the
# config.json of a model through transformers' AutoConfig, or one of the sizes that it ships, and counts parameters,
# FLOPs and bytes from them.
#
# One expects: a Llama 2 70B, whose config.json states every size, to have the 69.0 billion parameters that its sizes
# make; or, were the family not known, a refusal.
#
# Instead: the width of the feed-forward layers that the file states is put aside without a word for four times the
# hidden width (28672 becomes 32768), and each layer is counted with two matrices in place of the three of a gated one.
# The two mistakes nearly cancel where a gated layer is 2.7 times as wide as the model, as in Llama 2 7B (2.4 % short),
# which hides them; in a 70B, 3.5 times as wide, a fifth of the model is missing: 55.3 billion parameters, and the
# FLOPs of a forward pass with them. The sizes of Llama 2 70B that the package ships itself hold the same 32768.
#
# Seen:
#   Llama 2 7B   stated width 11008, taken 16384; parameters  6573789184 of  6738415616 (-2.4 %)
#   Llama 2 70B  stated width 28672, taken 32768; parameters 55292731392 of 68976648192 (-19.8 %)
#   shipped sizes of a Llama 2 70B: width 32768, parameters 55292731392
#   forward pass of 4096 tokens: 496.9 TFLOPs, 2 FLOPs a weight of the matrices alone are 562.9
#
# Why it matters to who compares training systems: memory for weights, gradients and optimizer, and the time of a step,
# are proportional to these counts. A 70B comes out a fifth smaller and faster than it is, the 7B that one checks
# first comes out right, and every later family with wide gated layers (Llama 3, Mistral, Qwen) is met as the 70B is.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet llm-analysis==0.2.2 transformers==4.31.0
cd "$folder"
"$folder/venv/bin/python" - 2>/dev/null <<'EOF_PYTHON'
import json
import logging
from pathlib import Path

logging.disable(logging.CRITICAL)
from llm_analysis.analysis import LLMAnalysis
from llm_analysis.config import (
    ParallelismConfig,
    get_dtype_config_by_name,
    get_gpu_config_by_name,
    get_model_config_by_name,
)


def analysis(name: str) -> LLMAnalysis:
    gpu, dtype = get_gpu_config_by_name("a100-sxm-80gb"), get_dtype_config_by_name("w16a16e16")
    return LLMAnalysis(get_model_config_by_name(name), gpu, dtype, ParallelismConfig())


def sizes(hidden: int, ffn: int, layers: int, heads: int, kv_heads: int) -> dict[str, object]:
    """What the config.json of a Llama 2 says of its sizes."""
    return {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "hidden_size": hidden,
        "intermediate_size": ffn,
        "num_hidden_layers": layers,
        "num_attention_heads": heads,
        "num_key_value_heads": kv_heads,
        "vocab_size": 32000,
        "max_position_embeddings": 4096,
        "tie_word_embeddings": False,
    }


def matrices(c: dict) -> int:
    """Query and output, key and value, and the three matrices of a gated layer; the output layer; by the sizes."""
    hidden, share = c["hidden_size"], c["num_key_value_heads"] / c["num_attention_heads"]
    layer = 2 * hidden**2 + 2 * hidden * int(hidden * share) + 3 * hidden * c["intermediate_size"]
    return c["num_hidden_layers"] * layer + c["vocab_size"] * hidden


def parameters(c: dict) -> int:
    """The matrices, the embedding, two norms a layer and the last one."""
    return matrices(c) + c["vocab_size"] * c["hidden_size"] + (2 * c["num_hidden_layers"] + 1) * c["hidden_size"]


MODELS = {
    "Llama 2 7B": (sizes(4096, 11008, 32, 32, 32), 16384, 6738415616, -0.024),
    "Llama 2 70B": (sizes(8192, 28672, 80, 64, 8), 32768, 68976648192, -0.198),
}
for title, (config, width, true, short) in MODELS.items():
    folder = Path(title.replace(" ", "-"))
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps(config))
    read = analysis(str(folder))
    taken, counted = read.model_config.ffn_embed_dim, int(read.get_num_params_total())
    share = counted / parameters(config) - 1
    print(
        f"{title:<12} stated width {config['intermediate_size']}, taken {taken}; "
        f"parameters {counted:11} of {parameters(config):11} ({100 * share:.1f} %)"
    )
    assert parameters(config) == true and taken == width != config["intermediate_size"]
    assert abs(share - short) < 0.001

shipped = analysis("upstage_Llama-2-70b-instruct-v2")
print(
    f"shipped sizes of a Llama 2 70B: width {shipped.model_config.ffn_embed_dim}, "
    f"parameters {int(shipped.get_num_params_total())}"
)
assert shipped.model_config.ffn_embed_dim == 32768

flops, least = read.get_num_flops_fwd_total(1, 4096), 2 * 4096 * matrices(config)
print(f"forward pass of 4096 tokens: {flops / 1e12:.1f} TFLOPs, 2 FLOPs a weight of the matrices alone are", end=" ")
print(f"{least / 1e12:.1f}")
assert flops < 0.9 * least
print("as described")
EOF_PYTHON

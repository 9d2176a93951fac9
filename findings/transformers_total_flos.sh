#!/usr/bin/env bash
# transformers 5.24.0 with accelerate 1.15.0 on torch 2.13.0. The install is big: torch alone is some hundreds of MB,
# and much more where no CPU build of it is on offer. Needs no GPU and no download besides the packages, and 3 GB of
# memory.
#
# What it is: the Trainer adds up the floating-point operations of a run; `trainer.state.total_flos` is what its logs,
# its checkpoints and Weights & Biases show.
#
# One expects: about six operations for each weight that takes part in products and each position of the sequence, hence
#   - for ViT-B/16, 197 positions an image: 196 patches and the class token
#   - the same for two language models of the same shape, whether or not the output layer shares the embedding's weights
#
# Instead:
#   - any numbers in the model's main input count as tokens. For a vision transformer these are the pixels, each of the
#     three colours for itself: 150528 "tokens" an image. The count is over 700 times too high. (Issue 15006 of
#     transformers saw too high a number for ViT in 2022.)
#   - weights of embeddings are left out, and with them the output layer when it shares them, although its product is
#     computed either way. A small model of a large vocabulary loses more than half of its work by being tied.
#
# Seen (trillions of operations in one training step of one sample, by the Trainer and by PyTorch's FlopCounterMode):
#   ViT-B/16                Trainer 78.1851  counted 0.1052  ratio 743.55
#   decoder, untied output  Trainer 0.000781  counted 0.000805  ratio 0.97
#   decoder, tied output    Trainer 0.000378  counted 0.000805  ratio 0.47
#
# Why it matters to who compares training systems: operations over time and peak is the utilisation (MFU) that systems
# are compared by. From this number a ViT run has an MFU far above 100 %, which shows; a tied language model looks as if
# it used half of the machine that its untied twin uses, which does not show. Derive the work from the network instead.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet transformers==5.24.0 accelerate==1.15.0 torch==2.13.0 numpy==2.4.6
cd "$folder"
"$folder/venv/bin/python" - <<'EOF_PYTHON'
import tempfile

import torch
from torch.utils.flop_counter import FlopCounterMode
from transformers import LlamaConfig, LlamaForCausalLM, Trainer, TrainingArguments, ViTConfig, ViTForImageClassification


def by_trainer(model: torch.nn.Module, sample: dict[str, torch.Tensor]) -> float:
    """What the Trainer reports of one step of one sample."""
    with tempfile.TemporaryDirectory() as folder:
        quiet = {"report_to": [], "save_strategy": "no", "logging_strategy": "no", "disable_tqdm": True}
        one = TrainingArguments(folder, max_steps=1, per_device_train_batch_size=1, use_cpu=True, **quiet)
        trainer = Trainer(model, one, train_dataset=[sample])
        trainer.train()
        return trainer.state.total_flos


def counted(model: torch.nn.Module, sample: dict[str, torch.Tensor]) -> int:
    """The products of one forward and backward pass, as PyTorch dispatches them."""
    counter = FlopCounterMode(display=False)
    with counter:
        model(**{name: value.unsqueeze(0) for name, value in sample.items()}).loss.backward()
    return counter.get_total_flops()


def ratio(name: str, model: torch.nn.Module, sample: dict[str, torch.Tensor], digits: int) -> tuple[float, int, float]:
    reported, real = by_trainer(model, sample), counted(model, sample)
    result = f"Trainer {reported / 1e12:.{digits}f}  counted {real / 1e12:.{digits}f}  ratio {reported / real:.2f}"
    print(f"{name:<22}  {result}")
    return reported, real, reported / real


torch.manual_seed(0)
vision = ViTForImageClassification(ViTConfig(num_labels=1000, attn_implementation="eager"))
image = {"pixel_values": torch.zeros(3, 224, 224), "labels": torch.tensor(1)}
weights = sum(weight.numel() for weight in vision.parameters())
reported, _, over = ratio("ViT-B/16", vision, image, 4)
assert reported == 6 * weights * 3 * 224 * 224  # every colour of every pixel as a token
assert 700 < over < 800

text = {"input_ids": torch.zeros(64, dtype=torch.long), "labels": torch.zeros(64, dtype=torch.long)}
sizes = {"vocab_size": 8192, "hidden_size": 128, "intermediate_size": 512, "num_hidden_layers": 4}
heads = {"num_attention_heads": 4, "num_key_value_heads": 2, "attn_implementation": "eager"}
untied = LlamaForCausalLM(LlamaConfig(tie_word_embeddings=False, **sizes, **heads))
tied = LlamaForCausalLM(LlamaConfig(tie_word_embeddings=True, **sizes, **heads))
apart, work, close = ratio("decoder, untied output", untied, text, 6)
shared, same_work, under = ratio("decoder, tied output", tied, text, 6)
assert work == same_work  # tying saves memory, not work
assert apart - shared == 6 * 64 * 8192 * 128  # the whole output layer
assert 0.95 < close < 1 and 0.45 < under < 0.5
print("as described")
EOF_PYTHON

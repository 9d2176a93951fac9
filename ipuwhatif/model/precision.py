"""In what numbers the products of a language model run.

Products in 4 bit read blocks of 16 or 32 values, each with a scale of its own, and leave the layers that are sensitive
to it in 16 bit (NVIDIA 2025, "Pretraining Large Language Models with NVFP4", arXiv:2509.25149). Products in 8 bit take
one scale for a tensor, or one for each block of 32 values (Rouhani et al. 2023, "Microscaling Data Formats for Deep
Learning", arXiv:2310.10537).
"""

from ipuwhatif.catalog.types import Chip
from ipuwhatif.records import Record

_BLOCKS_READ = "peak_flops_4"


class Precision(Record, frozen=True):
    """bits: of a number in a product. by_blocks: each block of values has a scale of its own, which chips read that
    multiply in 4 bit too. peak: the attribute of a chip that tells how fast it multiplies."""

    bits: int
    by_blocks: bool
    peak: str

    def runs_on(self, chip: Chip) -> bool:
        """Whether the data sheet of a chip has a rate for it."""
        return self.peak in chip.data and (not self.by_blocks or _BLOCKS_READ in chip.data)


BF16, FP8, MXFP8, FP4 = "bf16", "fp8", "mxfp8", "fp4"
PRECISIONS = {
    BF16: Precision(16, by_blocks=False, peak="peak_flops"),
    FP8: Precision(8, by_blocks=False, peak="peak_flops_8"),
    MXFP8: Precision(8, by_blocks=True, peak="peak_flops_8"),
    FP4: Precision(4, by_blocks=True, peak="peak_flops_4"),
}
#: What is meant by a number of bits alone.
BY_BITS = {16: BF16, 8: FP8, 4: FP4}

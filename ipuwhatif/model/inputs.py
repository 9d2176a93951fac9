"""What the model reads: arrays over cases, by name, with what the user changes of them."""

from collections.abc import Mapping

import numpy as np

from ipuwhatif.model.parameters import FloatArray, IntArray
from ipuwhatif.records import Record, field

ONE = np.ones(1)
#: Roles of shares of a bandwidth: no assumption lifts them above the whole of it.
SHARES = ("link_efficiency", "network_efficiency")


class Inputs(Record, frozen=True):
    """Arrays over cases, shape (cases,), unless said otherwise. Read `value["peak_flops"]`, `role["launch"]`."""

    value: dict[str, FloatArray]
    role: dict[str, IntArray]
    group: IntArray  # cases of one group run the same micro-batch: same network, system, software and layout of a stage
    first_of_group: IntArray  # (groups,): a case that stands for its group
    op_flops: FloatArray  # (groups, ops)
    op_bytes: FloatArray
    op_weight_bytes: FloatArray
    op_launches: FloatArray
    op_efficiency: IntArray
    op_count: IntArray  # (groups,): ops of the table that are a group's own; the rest fills it up
    op_share: FloatArray  # part of the op's instances that the most loaded stage holds
    chips: FloatArray  # that work; others of the system stand idle, start nothing and evaluate nothing
    replicas: FloatArray
    stages: FloatArray
    micro_batch: FloatArray
    accumulation: FloatArray
    global_batch: FloatArray
    held_parameters: FloatArray  # on the chip that holds most
    batch_norm_group: FloatArray  # chips that normalise their samples together
    off_chip: FloatArray
    host_load: FloatArray  # chips that a host program serves, over the usual number
    cuda_graph: FloatArray
    tensor: FloatArray  # tensor and context parallel chips; 1 but for language models
    context: FloatArray
    interleaving: FloatArray
    recomputed: FloatArray
    bits: FloatArray  # of a number in a product; 16 but for language models
    by_blocks: FloatArray  # 1 where each block of values has a scale of its own
    gathers: FloatArray  # of weights in a micro-batch that replicas share; 0 where each holds its own
    in_network: FloatArray  # 1 where switches between machines sum the gradients
    horizon_samples: FloatArray  # 0 where not known
    evaluation_every: FloatArray
    reference_floor: FloatArray  # samples; 0 where the rule does not apply
    stated_samples: FloatArray  # of a job without a quality target; 0 for others
    tabled_samples: FloatArray  # of a job that follows its reference points from one to the next; 0 for others
    recipe_samples: FloatArray  # needed by a known recipe; used with the weight
    recipe_batch: FloatArray
    recipe_weight: FloatArray  # 0 where the recipe is not known
    #: What the user changes, by its name in Gains or Assumed; only what is moved. Shape (choices, 1) where the cases
    #: are asked about under several choices, at the central parameters: then what that changes has a row a choice.
    factors: Mapping[str, FloatArray]
    size: int = field(default=0)

    def factor(self, name: str) -> FloatArray:
        """A factor of the user's for each case, or shape (1,) where it is the same for all."""
        return self.factors.get(name, ONE)

    def drawn(self, role: str, parameters: FloatArray) -> FloatArray:
        """Natural values of the parameter that plays a role for each case, shape (draws, cases).

        parameters: natural values, shape (draws, parameters).
        """
        return self._assumed(role, parameters.take(self.role[role], axis=1), self.factors.get(role))

    def drifted(self, role: str, parameters: FloatArray) -> FloatArray:
        """What a drift a round has come to since the release of each case: exactly 1 for the anchor.

        Shape (draws, cases), or (1, 1) where all cases are of the anchor release.
        """
        rounds = self.value["rounds_ago"]
        return self.drawn(role, parameters) ** rounds if rounds.any() else np.ones((1, 1))

    def of_groups(self, column: FloatArray) -> FloatArray:
        """A column over cases as one over groups; one value that stands for all cases stands for all groups."""
        return column if column.shape[-1] == 1 else column[self.first_of_group]

    def value_of_groups(self, name: str) -> FloatArray:
        return self.of_groups(self.value[name])

    def drawn_of_groups(self, role: str, parameters: FloatArray) -> FloatArray:
        """The same for each group, shape (draws, groups)."""
        column, factor = self.role[role], self.factors.get(role)
        drawn = parameters.take(column if len(column) == 1 else column[self.first_of_group], axis=1)
        return self._assumed(role, drawn, None if factor is None else self.of_groups(factor))

    @staticmethod
    def _assumed(role: str, drawn: FloatArray, factor: FloatArray | None) -> FloatArray:
        """Drawn values under an assumption of the user's; a share of a bandwidth stays below the whole of it."""
        if factor is None:
            return drawn
        return np.minimum(drawn * factor, 1.0) if role in SHARES else drawn * factor

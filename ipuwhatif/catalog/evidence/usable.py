"""Which entries the model learns from and answers for, and why it leaves the others out."""

from ipuwhatif.catalog.types import OfficialResult


def usable(entry: OfficialResult) -> bool:
    """Whether the model answers for this entry; `reason_left_out` says why not."""
    return reason_left_out(entry) == ""


def comparable(entry: OfficialResult) -> bool:
    """Whether an entry is a score of the workload as it is today: BERT had a lower target before v1.0."""
    return entry.workload is not None and not _lower_target(entry)


def _lower_target(entry: OfficialResult) -> bool:
    return entry.workload == "bert-large" and entry.mlperf_round in ("v0.6", "v0.7")


def reason_left_out(entry: OfficialResult) -> str:
    """Why an entry is outside what the model knows, or "" when it is inside."""
    if entry.workload is None:
        return "another task ran under the name"
    if entry.left_out:
        return entry.left_out
    if entry.choice is None:
        return "no data sheet of its chip was read"
    if entry.layout is None:
        return "its layout was not published and does not follow from its batch"
    if _lower_target(entry):
        return "BERT in v0.7 had a lower quality target and computed the padding"
    if entry.division == "open" and entry.submitter != "Graphcore":
        return "an open entry with a recipe of its own"
    return ""

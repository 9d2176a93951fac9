"""What the catalog says beside its figures, in words."""

from ipuwhatif.catalog.notes import (
    Counts,
    LayoutAt,
    Notes,
    RateOfChip,
    Remark,
    SamplesOf,
    SoftwareClass,
    Target,
    Text,
    TimeToTrain,
    Tokens,
)
from ipuwhatif.figures.phrase import phrase, phrases
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import told

phrases(
    Remark,
    {
        Remark.NO_CONFIGURATION: marked("layout: no configuration was read, replicas follow from the global batch"),
        Remark.NOT_DIVIDED: marked("no layout: the global batch does not divide over the chips"),
        Remark.ONE_REPLICA_A_CHIP: marked("layout: derived, one replica a chip"),
        Remark.ONE_REPLICA_A_CHIP_GRAPHS: marked(
            "layout: derived, one replica a chip, CUDA graphs as NVIDIA's configuration of that batch"
        ),
        Remark.FROM_PRINTED_TIME: marked("computed from the printed time"),
    },
)
phrases(
    SoftwareClass,
    {
        SoftwareClass.BY_RELEASE: marked("By the release"),
        SoftwareClass.VENDOR: marked("a vendor's container or recipe"),
        SoftwareClass.FRAMEWORK: marked("a framework as people run it"),
    },
)
#: Names of software that are words; those of products stay as they are.
WORDED = (
    marked("a vendor's container or recipe, fused attention"),
    marked("a framework as people run it, fused attention"),
)
phrase(LayoutAt, marked("layout: {address}"))
phrase(Counts, marked("counts {what}"))
phrase(TimeToTrain, marked("time to train {time} {unit}"))
phrase(RateOfChip, marked("{value} {unit} a chip"))
phrase(SamplesOf, marked("{printed}, samples of {tokens} tokens"))
phrase(Tokens, marked("{tokens} tokens"))


@told.register
def _(said: Text) -> str:
    return tr(said.text)


@told.register
def _(said: Target) -> str:
    return f"{said.share * 100:.1f} % {tr(said.words)}" if said.share else tr(said.words)


@told.register
def _(said: Notes) -> str:
    return "; ".join(map(told, said.notes))

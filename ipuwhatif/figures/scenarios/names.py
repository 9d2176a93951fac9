"""What bases, layout policies, families and the scopes of levers are called."""

from collections.abc import Mapping
from types import MappingProxyType

from ipuwhatif.catalog.types import Catalog
from ipuwhatif.scenario.names import BasisName, Everybody, FamilyName, PolicyName, scope_name
from ipuwhatif.scenario.scenario import PER_CHIP, PER_KW, PER_MONEY, PER_RACK_UNIT, PER_SYSTEM
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import told

FAMILY_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "ipu": marked("IPU"),
        "bow": marked("Bow"),
        "gpu": marked("GPU"),
        "other": marked("TPU and Gaudi"),
        "cpu": marked("CPU"),
    }
)


def basis_name(basis: str) -> str:
    """What systems are compared by, in words: "per system", "per chip"."""
    return {
        PER_SYSTEM: tr("per system"),
        PER_CHIP: tr("per chip"),
        PER_MONEY: tr("per purchase price"),
        PER_KW: tr("per kW"),
        PER_RACK_UNIT: tr("per rack unit"),
    }[basis]


def policy_name(policy: str) -> str:
    """The layout policy as the field says it: "as submitted", "best that fits"."""
    return {"best": tr("best that fits"), "as-submitted": tr("as submitted")}[policy]


def family_name(family: str) -> str:
    """What a family is called: "IPU", "TPU and Gaudi"."""
    return tr(FAMILY_NAMES.get(family, family))


def whose_name(scope: str, catalog: Catalog) -> str:
    """Whose lever it is: "IPU" for a family, the name for one system."""
    return told(scope_name(scope, catalog))


@told.register
def _(said: BasisName) -> str:
    return basis_name(said.basis)


@told.register
def _(said: PolicyName) -> str:
    return policy_name(said.policy)


@told.register
def _(said: FamilyName) -> str:
    return family_name(said.family)


@told.register
def _(said: Everybody) -> str:
    return {Everybody.ALL: tr("All systems:")}[said]

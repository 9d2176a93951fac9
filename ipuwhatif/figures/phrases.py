"""The words of what is found, noted and refused below: importing this brings in every module that has some of them."""

from ipuwhatif.units import told

__all__ = ("told",)

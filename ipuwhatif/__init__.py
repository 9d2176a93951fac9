"""Projected training times of IPU, GPU and CPU systems, with intervals and sources."""

__version__ = "0.1.0"

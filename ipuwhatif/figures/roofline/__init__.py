"""Ops against the limits of a chip."""

"""Scenarios and their changes."""

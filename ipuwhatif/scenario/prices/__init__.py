"""Prices and money of a scenario."""

"""Explore in words, as a chart and as a table."""

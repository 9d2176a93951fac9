"""The finish of a run, drawn."""

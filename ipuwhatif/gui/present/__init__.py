"""Steps before an audience."""

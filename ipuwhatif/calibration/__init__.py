"""What evidence teaches: rows become Cases, parameters are fitted to them and tried on rows left out."""

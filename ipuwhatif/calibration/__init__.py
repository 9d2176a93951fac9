"""What evidence teaches: rows become Cases, the parameters are fitted to them, and the fit is tried on rows left out."""

"""What users bring: chips, networks, results and prices of their own, read from their files."""

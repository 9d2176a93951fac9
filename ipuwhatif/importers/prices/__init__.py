"""Price lists that users bring: from their tables into offers for the systems that each price is of."""

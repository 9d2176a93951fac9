"""Tables whose columns somebody named as they liked: cells, which column is what, and how numbers are written."""

"""Charts that stay charts in slides and workbooks: one module a kind of mark."""

"""Which parameter plays which role for a kind of case: the one place where parameter names are put together."""

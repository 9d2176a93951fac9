"""Tables and what filters them."""

"""What is learnt from the user's own results: which of them can be, what they move, and what to measure next."""

"""What the user's own results move, and what to measure next, as figures."""

"""What is the user's own: chips, networks, results, prices, and what is learnt from them."""

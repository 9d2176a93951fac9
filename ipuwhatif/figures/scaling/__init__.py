"""Times over the number of chips."""

"""Claims of the article, checked."""

"""What the model is held against: guesses that anybody can make from the same rows."""

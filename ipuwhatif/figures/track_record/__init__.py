"""What the model said of what it had not seen."""

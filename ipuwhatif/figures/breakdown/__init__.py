"""What a time is made of."""

"""Money, energy and carbon."""

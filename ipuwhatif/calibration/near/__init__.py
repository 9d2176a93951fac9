"""What measured rows near a case say of it."""

"""Money, energy and carbon of a job."""

"""How a job is laid over chips: what may be chosen, what fits, what is searched."""

"""What cases of one workload, system, software, recipe and optimizer share; looked up once, taken by index."""

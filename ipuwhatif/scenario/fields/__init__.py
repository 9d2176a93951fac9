"""The fields of a scenario file, each checked against the catalog and the workload that it is about."""

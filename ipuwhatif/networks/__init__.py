"""What is computed: the op graphs of the workloads, built by code from their published architectures."""

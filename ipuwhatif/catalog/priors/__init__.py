"""What is known before any measurement: records, and how they are read from `resources/priors`."""

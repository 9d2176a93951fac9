"""A million plans at once: what a plan file asks, answered in columns, in parts that survive a kill."""

"""From the command to the first window."""

"""Speed, measured against a named baseline in the same run; nothing here is a test."""

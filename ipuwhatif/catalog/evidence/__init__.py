"""What was measured, printed and stated: a module a table."""

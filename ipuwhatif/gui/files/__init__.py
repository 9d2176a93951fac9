"""Documents, exports and the journal."""

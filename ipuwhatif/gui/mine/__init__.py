"""What is the user's own, in the window: what was imported, and a form for a chip."""

"""How far a time can be off, and what it depends on."""

"""Why something is refused or cannot be, in words: the rooms below say it as values."""

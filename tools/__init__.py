"""What makes the shipped resources again: translations and fonts. Nothing here is part of the program."""

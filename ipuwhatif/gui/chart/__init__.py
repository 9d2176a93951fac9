"""The chart on the screen and what a pointer does to it."""

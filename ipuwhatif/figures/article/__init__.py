"""The article of December 2021, claim by claim."""

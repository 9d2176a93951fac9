"""Networks that users bring: read from their files into op graphs, with what was not understood named."""

"""Language models: their step, their cuts and what these hold."""

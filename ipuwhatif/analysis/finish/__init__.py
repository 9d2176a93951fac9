"""When a run is done: failures, checkpoints, restarts and spares on top of the projected time."""

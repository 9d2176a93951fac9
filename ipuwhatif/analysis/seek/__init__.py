"""What meets a target."""

"""What a time depends on."""

"""What a chart is: its spec, geometry, axes, labels and colours."""

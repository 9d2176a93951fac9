"""Questions: what a projection, a comparison and a scaling curve are, answered as plain results."""

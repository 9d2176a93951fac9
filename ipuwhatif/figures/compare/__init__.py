"""Systems beside each other: the chart, the table and the words."""

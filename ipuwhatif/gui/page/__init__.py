"""What stands around the chart: headline, notes, panes, drawer and tool bar."""

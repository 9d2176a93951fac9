"""What is shown, as data: charts, tables and their words."""

from ipuwhatif.figures import phrases as phrases  # whoever knows a figure can tell what was refused

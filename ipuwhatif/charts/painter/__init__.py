"""Draws a ChartSpec with QPainter in logical units, at any scale: the one painter of window, pictures, PDF and print.

Everything was decided in the spec: nothing here ranges, rounds or chooses a place. From the back to the front: the
backdrop (shades, grid, texts of the axes, titles, legend), the data, and what is written on the data.
"""

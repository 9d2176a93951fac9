"""Sliders and fields of levers and assumptions."""

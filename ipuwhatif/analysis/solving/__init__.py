"""Layouts and times of cases."""

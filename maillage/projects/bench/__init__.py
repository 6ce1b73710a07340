"""Measures of this app for `maillage bench`."""

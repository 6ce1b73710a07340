"""Measurements of portraits against the same tables by SQL and by a compiled kernel (`maillage bench portrait`)."""

"""Synthetic journals: invented entries, skewed and seasonal like real ones, for demonstrations and measurements."""

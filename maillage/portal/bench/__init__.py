"""Measures of whole pages (`maillage bench pages`)."""

"""Releases: the tables of a programme as one linked system, protected together, audited and frozen.

Told in prose, with worked cases, in docs/explanation/algorithms/releases.md.
"""

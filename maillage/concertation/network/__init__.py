"""The web of organizations: what they did together (deeds), the ties that come of it, what is measured and drawn.

The method stands in `docs/explanation/algorithms/web.md`.
"""

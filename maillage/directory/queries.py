"""Reads of this context."""

from maillage.core.text import stems


def organization_search(name: str, short_name: str = "") -> str:
    """The text by which an organization is searched."""
    return stems(f"{name} {short_name}")[:600]

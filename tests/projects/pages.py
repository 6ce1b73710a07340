"""Where the pages of projects are."""

from django.urls import reverse


def at(name: str, *arguments: object) -> str:
    """The address of a page of projects."""
    return reverse(f"projects:{name}", args=arguments)

"""The full address of a page, for messages that no request carries (a command that writes reminders…)."""

from django.conf import settings


def public_url(path: str) -> str:
    """`path` (« /une/page/ ») as a person outside reads it; `MAILLAGE_ADDRESS` says where the product is."""
    return f"{settings.PUBLIC_ADDRESS.rstrip('/')}{path}"

"""Needs named before groups."""

from typing import Any

from maillage.concertation.models import Group, NamedNeed
from maillage.core.short_code import drawn_code

from .counter import following


def make_need(group: Group, **fields: Any) -> NamedNeed:
    """A need on the board of `group`."""
    values = {"statement": f"Il manque un banc au coin numéro {following()}.", "code": f"B-{drawn_code()}", **fields}
    return NamedNeed.objects.create(group=group, **values)

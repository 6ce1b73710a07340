"""Addresses made from names."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.utils.text import slugify

LONGEST = 60


def free_slug(name: str, *, among: QuerySet[Any], reserved: Collection[str] = (), otherwise: str) -> str:
    """Words of `name` that no row of `among` has as its `slug`, and no page (`reserved`); `otherwise` when it has no word."""
    stem = slugify(name.replace("'", "-").replace("’", "-"))[:LONGEST].strip("-") or otherwise
    taken = set(among.filter(slug__startswith=stem).order_by().values_list("slug", flat=True)) | set(reserved)
    number, slug = 1, stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug

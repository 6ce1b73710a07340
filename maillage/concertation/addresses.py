"""The address of a group: words of its name, never one that another page has."""

from django.utils.text import slugify

from .models import Group

LONGEST = 60
# First words that pages of this room have after `/groupes/`.
RESERVED = frozenset(
    {
        "adherer", "ajouter", "besoins", "calendrier", "courriels", "decisions", "demandes", "fiche", "initiatives", "invitation",
        "invitations", "membres", "mes-suivis", "nouveau", "priorisations", "questions", "rencontres", "suivis", "suivre", "toile",
    }
)  # fmt: skip


def free_slug(name: str) -> str:
    """An address for a group of this name that no group has, and no page."""
    stem = slugify(name.replace("'", "-").replace("’", "-"))[:LONGEST].strip("-") or "groupe"
    taken = set(Group.objects.filter(slug__startswith=stem).order_by().values_list("slug", flat=True)) | RESERVED
    number, slug = 1, stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug

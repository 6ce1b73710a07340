"""The address of a project: words of its name, never one that another page has."""

from django.utils.text import slugify

from .models import Project

LONGEST = 60
# First words that pages of this room have after `/projets/`.
RESERVED = frozenset(
    {
        "actions", "activites", "appels", "bilans", "communautes", "demarches", "documents", "fiches", "financement", "fonds",
        "jumelages", "liste", "nouveau", "photos", "plans", "resultats", "soutien", "trajets", "vigilance",
    }
)  # fmt: skip


def free_slug(name: str) -> str:
    """An address for a project of this name that no project has, and no page."""
    stem = slugify(name.replace("'", "-").replace("’", "-"))[:LONGEST].strip("-") or "projet"
    taken = set(Project.objects.filter(slug__startswith=stem).order_by().values_list("slug", flat=True)) | RESERVED
    number, slug = 1, stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug

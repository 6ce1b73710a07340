"""The address of a project: words of its name, never one that another page has."""

from maillage.core.slugs import free_slug

from .models import Project

# First words that pages of this room have after `/projets/`.
RESERVED = frozenset(
    {
        "actions", "activites", "appels", "bilans", "communautes", "demarches", "documents", "fiches", "financement", "fonds",
        "jumelages", "liste", "nouveau", "photos", "plans", "resultats", "retombees", "soutien", "trajets", "vigilance",
    }
)  # fmt: skip


def address_of(name: str) -> str:
    """An address for a project of this name that no other has, and no page."""
    return free_slug(name, among=Project.objects.all(), reserved=RESERVED, otherwise="projet")

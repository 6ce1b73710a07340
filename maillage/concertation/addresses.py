"""The address of a group: words of its name, never one that another page has."""

from maillage.core.slugs import free_slug

from .models import Group

# First words that pages of this room have after `/groupes/`.
RESERVED = frozenset(
    {
        "adherer", "ajouter", "besoins", "calendrier", "courriels", "decisions", "demandes", "fiche", "infolettres", "initiatives",
        "invitation", "invitations", "membres", "mes-suivis", "nouveau", "priorisations", "questions", "recits", "rencontres",
        "reponses", "suivis", "suivre", "toile",
    }
)  # fmt: skip


def address_of(name: str) -> str:
    """An address for a group of this name that no other has, and no page."""
    return free_slug(name, among=Group.objects.all(), reserved=RESERVED, otherwise="groupe")

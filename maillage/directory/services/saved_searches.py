"""Searches that people keep for themselves."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from maillage.core.decision import YES, Decision, no
from maillage.core.errors import require
from maillage.directory.models import SavedSearch

MOST = 100


def _can_keep(actor: Any) -> Decision:
    return YES if actor is not None and actor.is_authenticated else no(_("Connectez-vous pour garder une recherche."))


@transaction.atomic
def keep_search(*, actor: Any, name: str, query: str) -> SavedSearch:
    """Keep the search that `query` (of an address) asks, under a name that this person has not given yet.

    What a person keeps for themselves leaves no line in the audit log.
    """
    require(_can_keep(actor))
    if SavedSearch.objects.filter(user=actor).count() >= MOST:
        raise ValidationError({"name": _("Vous gardez déjà {most} recherches. Oubliez-en une.").format(most=MOST)})
    kept = SavedSearch(user=actor, name=" ".join(name.split()), query=query)
    kept.full_clean()
    kept.save()
    return kept


@transaction.atomic
def forget_search(*, actor: Any, uid: UUID) -> None:
    """Forget a search of this person; nothing happens when it is already forgotten."""
    require(_can_keep(actor))
    SavedSearch.objects.filter(user=actor, uid=uid).delete()

"""Who may keep the register of divisions and housing sites.

Nobody below `programs` knows who coordinates what: higher floors say who else may, with `admit`.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from maillage.core.decision import YES, Decision, no

from .models import HousingSite

Predicate = Callable[[Any], bool]
Scope = Callable[[Any], QuerySet[HousingSite]]
_keepers: list[Predicate] = []
_scopes: list[Scope] = []


def admit(predicate: Predicate) -> None:
    """Let those for whom `predicate(actor)` holds keep the register; called from `AppConfig.ready`."""
    if predicate not in _keepers:
        _keepers.append(predicate)


def can_keep_register(actor: Any) -> Decision:
    """Write divisions, limits and sites: the product itself (None), administrators, and those admitted."""
    if actor is None:
        return YES
    if actor.is_authenticated and (actor.is_administrator or any(predicate(actor) for predicate in _keepers)):
        return YES
    return no(_("Tenir le registre des territoires et des milieux revient à la coordination."))


def show_sites(scope: Scope) -> None:
    """Say which sites an actor sees; called from `AppConfig.ready` by the floor that knows who works where."""
    _scopes[:] = [scope]


def sites_visible_to(actor: Any) -> QuerySet[HousingSite]:
    """Sites that `actor` may see; none as long as no floor says."""
    return _scopes[0](actor) if _scopes else HousingSite.objects.none()

"""Who may keep the register of divisions and housing sites.

Nobody below `programs` knows who coordinates what: higher floors say who else may, with `admit`.
"""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from maillage.core.decision import YES, Decision, no

Predicate = Callable[[Any], bool]
_keepers: list[Predicate] = []


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

"""Who may do what with accounts."""

from typing import Any

from django.utils.translation import gettext as _

from maillage.core.decision import YES, Decision, no


def can_administer(actor: Any) -> Decision:
    """Manage accounts and read the audit log: administrators of the installation."""
    if actor.is_authenticated and actor.is_administrator:
        return YES
    return no(_("Cette page est réservée à l'administration de Maillage."))

"""Who may write the directory."""

from typing import Any

from django.utils.translation import gettext as _

from maillage.core.decision import YES, Decision, no
from maillage.territories.permissions import can_keep_register


def can_keep_directory(actor: Any) -> Decision:
    """Write organizations, owners and tenants' bodies: those who keep the register of sites."""
    if can_keep_register(actor):
        return YES
    return no(_("Tenir le répertoire revient à la coordination."))

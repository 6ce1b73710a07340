"""The demonstration accounts: one a role, with one password that the command prints."""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from maillage.accounts.models import User
from maillage.accounts.services import open_account, set_administrator
from maillage.programs.enums import Role

PASSWORD = "entraide-2013-2016"  # noqa: S105 (these accounts exist only in a demonstration home)
DOMAIN = "demo.maillage.test"


class Account(NamedTuple):
    """An account: what stands before @, the name shown, the role in the agreements (none outside them)."""

    word: str
    full_name: str
    role: str | None
    label: Any
    administers: bool = False

    @property
    def email(self) -> str:
        """The whole address."""
        return f"{self.word}@{DOMAIN}"


ACCOUNTS = (
    Account("coordination", "Rosalie Grandpré", Role.COORDINATOR, _("coordonne les programmes")),
    Account("intervenante", "Odile Noisetier", Role.WORKER, _("intervient en soutien communautaire")),
    Account("proximite", "Léandre Mésange", Role.OUTREACH, _("fait du travail de proximité")),
    Account("partenaire", "Honorine Vifargent", Role.PARTNER, _("représente un partenaire")),
    Account("recherche", "Basile Clairmatin", Role.RESEARCHER, _("fait de la recherche")),
    Account("locataire", "Flavie Coudrier", Role.TENANT, _("est locataire")),
    Account("admin", "Administration de la démonstration", None, _("administre l'installation"), administers=True),
    Account("organisme", "Blanche Ruissel", None, _("tient la fiche de son organisme au répertoire")),
)


def load(actor: Any) -> dict[str, User]:
    """Open the accounts; give them by the word before @."""
    found = {}
    for account in ACCOUNTS:
        user = open_account(email=account.email, full_name=account.full_name, password=PASSWORD)
        if account.administers:
            set_administrator(actor=actor, user=user, administrator=True)
        found[account.word] = user
    return found

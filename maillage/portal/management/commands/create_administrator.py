import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.accounts.services import open_account, set_administrator
from maillage.core.actor import PRODUCT
from maillage.core.command import ProductCommand
from maillage.core.errors import Refused
from maillage.portal.running import server


class Command(ProductCommand):
    help = "Ouvre le premier compte d'administration ; les autres personnes sont invitées depuis le produit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who it is, and where the password comes from."""
        parser.add_argument("email", help="courriel de la personne")
        parser.add_argument("--name", required=True, help="nom de la personne")
        parser.add_argument("--password-stdin", action="store_true", help="lit le mot de passe à l'entrée standard")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask for a password, open the account."""
        server.require_migrated()
        password = self._password(from_stdin=options["password_stdin"])
        with transaction.atomic():
            user = open_account(email=options["email"], full_name=options["name"], password=password)
            set_administrator(actor=PRODUCT, user=user, administrator=True)
        self.stdout.write(_("Compte d'administration ouvert pour %(email)s.") % {"email": user.email})

    def _password(self, *, from_stdin: bool) -> str:
        if from_stdin:
            return sys.stdin.readline().rstrip("\n")
        first = getpass.getpass(_("Mot de passe (12 caractères ou plus) : "))
        if first != getpass.getpass(_("Le même, une seconde fois : ")):
            raise Refused(_("Les deux mots de passe ne sont pas les mêmes."))
        return first

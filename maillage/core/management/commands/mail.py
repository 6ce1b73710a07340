"""`maillage mail send|follow|bounces`: the messages that wait, and those that came back."""

import signal
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from maillage.core.command import ProductCommand
from maillage.core.mailing import bounces
from maillage.core.mailing.following import Follower
from maillage.core.services.mail_sending import send_waiting
from maillage.core.services.mail_upkeep import note_bounces


class Command(ProductCommand):
    """Exit status 0; what servers refuse is written in the database, and read on the page of messages."""

    help = (
        "Envoie les courriels qui attendent (send, ou follow jusqu'à SIGTERM), ou lit ceux qui sont revenus (bounces)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to do, and where the bounces are."""
        acts = parser.add_subparsers(dest="act", required=True, metavar="send|follow|bounces")
        acts.add_parser("send", help="envoie ce qui attend, puis s'arrête")
        follow = acts.add_parser("follow", help="envoie ce qui attend et ce qui vient, jusqu'à SIGTERM")
        follow.add_argument("--parent", type=int, default=0, help="s'arrête aussi quand ce processus n'est plus")
        back = acts.add_parser("bounces", help="lit des avis de non-livraison et note les messages revenus")
        back.add_argument("path", type=Path, help="un message (.eml), une boîte (mbox), un Maildir ou un dossier")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say how many."""
        if options["act"] == "send":
            done = send_waiting()
            self.stdout.write(
                _("Partis : {sent} · remis à plus tard : {put_off} · refusés : {refused}").format(**done._asdict())
            )
        elif options["act"] == "follow":
            self._follow(options["parent"])
        else:
            read = bounces.read(options["path"])
            noted = note_bounces(bounces=read.bounces)
            self.stdout.write(_("Messages revenus notés : %s") % noted)
            self.stdout.write(_("Déjà notés, ou pas de ce produit : %s") % (len(read.bounces) - noted))
            self.stdout.write(_("Autres messages, laissés : %s") % read.others)

    def _follow(self, parent: int) -> None:
        follower = Follower(parent=parent)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_given: follower.stop())
        follower.run()

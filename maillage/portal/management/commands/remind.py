"""`maillage remind`: every morning, those whom something waits for are written to."""

from typing import Any

from django.utils.translation import gettext as _

from maillage.concertation.services import remind_group_follow_ups, send_digests
from maillage.concertation.services.meeting_mail import remind_meetings
from maillage.core.command import ProductCommand
from maillage.core.services.mail_sending import send_waiting
from maillage.directory.services import chase_stale, find_pairs, try_addresses
from maillage.journal.services import remind_follow_ups
from maillage.projects.services.action_reminders import remind_plan_actions
from maillage.projects.services.deadline_reminders import remind_funding, remind_vigilance


class Command(ProductCommand):
    """Exit status 0; run twice, it writes to nobody the second time."""

    help = (
        "Écrit aux personnes que quelque chose attend (suivis, actions en retard, financement à demander, systèmes de "
        "vigilance à revoir) et aux organisations dont une fiche est à vérifier (à lancer chaque matin)."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Remind, and say how many messages left."""
        self.stdout.write(_("Rappels de suivis envoyés : %s") % remind_follow_ups())
        self.stdout.write(_("Rappels de suivis de groupe : %s") % remind_group_follow_ups())
        self.stdout.write(_("Rappels d'actions de plans : %s") % remind_plan_actions())
        self.stdout.write(_("Rappels de demandes de financement : %s") % remind_funding())
        self.stdout.write(_("Rappels de systèmes de vigilance : %s") % remind_vigilance())
        self.stdout.write(_("Messages envoyés aux organisations : %s") % chase_stale())
        self.stdout.write(_("Rappels de rencontres envoyés : %s") % remind_meetings())
        self.stdout.write(_("Adresses du répertoire qui ne répondent pas : %s") % try_addresses())
        self.stdout.write(_("Doublons proposés : %s") % find_pairs())
        self.stdout.write(_("Bulletins préparés : %s") % send_digests())
        self.stdout.write(_("Messages partis : %s") % send_waiting().sent)

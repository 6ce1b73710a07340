"""What becomes of messages afterwards: those that came back, those that a person sends again, those that are forgotten."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.core.errors import Refused
from maillage.core.mailing.bounces import Bounce
from maillage.core.models import MailState, OutgoingMail

from .audit import audit
from .mail import is_declined, wake

WORDS_KEPT = timedelta(days=7)  # the text and the attachments of what left
KEPT = timedelta(days=400)  # that it left: beyond, the message is forgotten, and its address of choices with it
OVER = (MailState.SENT, MailState.DECLINED, MailState.REFUSED, MailState.BOUNCED, MailState.UNCERTAIN)
AGAIN = (MailState.REFUSED, MailState.BOUNCED, MailState.UNCERTAIN)


@transaction.atomic
def note_bounces(*, bounces: Iterable[Bounce]) -> int:
    """Write which messages came back and why; how many were not known yet. The same report twice changes nothing."""
    noted = 0
    for bounce in bounces:
        gone = OutgoingMail.objects.filter(uid=bounce.uid, state__in=[MailState.SENT, MailState.UNCERTAIN])
        noted += gone.update(state=MailState.BOUNCED, error=bounce.reason[:300])
    return noted


@transaction.atomic
def send_again(*, actor: Any, mail: OutgoingMail) -> OutgoingMail:
    """Queue a message anew that was refused, came back or was interrupted; the caller says who may.

    Raises `Refused` when it is none of these, or when its words are no longer kept.
    """
    mail = OutgoingMail.objects.select_for_update().get(pk=mail.pk)
    if mail.state not in AGAIN:
        raise Refused(_("Ce message est parti, ou attend encore : il n'y a rien à renvoyer."))
    if not mail.text:
        raise Refused(_("Le texte de ce message n'est plus gardé : refaites le geste qui l'a produit."))
    if is_declined(to=mail.to, topic=mail.topic):
        raise Refused(_("Cette personne ne veut plus de ces messages."))
    mail.state, mail.tries, mail.not_before, mail.error = MailState.QUEUED, 0, None, ""
    mail.save(update_fields=["state", "tries", "not_before", "error"])
    audit(actor=actor, verb="core.mail_sent_again", obj=mail)
    transaction.on_commit(lambda: wake(mail.pk), robust=True)
    return mail


def forget_words() -> int:
    """Wipe the words of what is over for a week, and forget what is over for 400 days; how many messages it touched.

    Run twice, it finds nothing the second time.
    """
    now = timezone.now()
    over = OutgoingMail.objects.filter(state__in=OVER).order_by()
    forgotten, _rows = over.filter(queued_at__lt=now - KEPT).delete()
    old = over.filter(queued_at__lt=now - WORDS_KEPT).exclude(text="", attachments=[])
    return forgotten + old.update(text="", attachments=[])

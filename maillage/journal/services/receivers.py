"""The receiver of a referral, without account: a link that expires, what is answered by it, and the code of the slip."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from maillage.core.errors import Refused, require
from maillage.core.public_address import public_url
from maillage.core.services import audit, queue_mail
from maillage.journal.enums import LoopState
from maillage.journal.links import new_token
from maillage.journal.loops import LINK_DAYS, MAX_ANSWERS, Speaker, is_closed
from maillage.journal.models import Referral, ReferralLink
from maillage.journal.permissions import can_transmit

from .loops import Said, check_said, held_referral, is_same, say
from .refusals import LinkClosed

Address = Callable[[str], str]


def send_to_receiver(
    *, actor: Any, referral: Referral, address: Address, email: str = "", agreed: bool = False, days: int = LINK_DAYS
) -> tuple[ReferralLink, str]:
    """Open the receiver's page of `referral` for `days`, and write to `email` when one is given; gives the link and its
    full address, which nobody can read again. `address` turns a token into that address.

    `agreed` says that the person agrees now. Raises `NotAllowed`, `ValidationError` (e-mail) or `Refused`: without the
    person's agreement nothing leaves; a mail that could not leave closes the link it carried.
    """
    email = _checked(email)
    token, digest = new_token()
    with transaction.atomic():
        require(can_transmit(actor, referral.entry))
        held = held_referral(pk=referral.pk)
        if is_closed(held.state):
            raise Refused(_("Cette référence a déjà sa réponse : il n'y a plus rien à transmettre."))
        if not (held.consent or agreed):
            raise Refused(
                _(
                    "Rien ne part sans l'accord de la personne : demandez-le-lui, puis cochez « La personne est d'accord »."
                )
            )
        if not held.consent:
            held.consent = True
            held.save(update_fields=["consent"])
        until = timezone.now() + timedelta(days=max(1, min(days, 90)))
        link = ReferralLink.objects.create(referral=held, digest=digest, sent_to=email, expires_at=until)
        audit(actor=actor, verb="journal.loop_sent", obj=held, changes={"link": link.pk, "consent": True})
        if held.state == LoopState.GIVEN:
            say(held=held, said=Said(LoopState.SENT), actor=actor, who=str(actor))
    full = address(token)
    if email:
        _deliver(link, full, actor)
    return link, full


@transaction.atomic
def revoke_link(*, actor: Any, link: ReferralLink) -> ReferralLink:
    """The receiver's page opens no more. Taking it back twice is taking it back once. Raises `NotAllowed`."""
    require(can_transmit(actor, link.referral.entry))
    link = ReferralLink.objects.select_for_update(of=("self",)).select_related("referral").get(pk=link.pk)
    if link.revoked_at is None:
        link.revoked_at = timezone.now()
        link.save(update_fields=["revoked_at"])
        audit(actor=actor, verb="journal.loop_revoked", obj=link.referral, changes={"link": link.pk})
    return link


@transaction.atomic
def answer_by_link(*, link: ReferralLink, said: Said) -> Referral:
    """What the receiver says, by a link that still opens. The same answer twice is one answer.

    Raises `LinkClosed`, `IdentitySuspected` or `Refused`.
    """
    held = _answerable(link.referral_id)
    found = ReferralLink.objects.select_for_update(of=("self",)).filter(pk=link.pk).usable().first()
    if held is None or found is None:
        raise LinkClosed
    _answer(held, said, Speaker.RECEIVER, found.sent_to or _("Le receveur"))
    found.answered_at = timezone.now()
    found.opened_at = found.opened_at or found.answered_at
    found.save(update_fields=["answered_at", "opened_at"])
    return held


@transaction.atomic
def answer_with_code(*, referral: Referral, said: Said) -> Referral:
    """What somebody who holds the code says: the person, or who received them. Raises as `answer_by_link` does."""
    held = _answerable(referral.pk)
    if held is None or is_closed(held.state):
        raise LinkClosed
    _answer(held, said, Speaker.HOLDER, _("Avec le code"))
    return held


def _answerable(pk: int) -> Referral | None:
    try:
        return held_referral(pk=pk)
    except Refused:
        return None


def _answer(held: Referral, said: Said, speaker: Speaker, who: str) -> None:
    if is_same(held=held, said=said):
        return
    check_said(held=held, said=said, speaker=speaker)
    if held.events.filter(by_receiver=True).count() >= MAX_ANSWERS:
        raise Refused(_("Cette référence a déjà reçu beaucoup de réponses : appelez la personne qui l'a faite."))
    say(held=held, said=said, actor=None, who=who, by_receiver=True)
    _tell_worker(held)


def _checked(email: str) -> str:
    email = email.strip()
    if email:
        try:
            validate_email(email)
        except ValidationError:
            raise ValidationError({"email": _("Ce courriel n'a pas la forme nom@exemple.org.")}) from None
    return email


def _deliver(link: ReferralLink, full: str, actor: Any) -> None:
    """Send the link, outside the transaction: a slow mail server holds no lock."""
    shown = {"link": full, "referral": link.referral, "until": link.expires_at, "by": actor}
    with translation.override("fr-ca"):
        text = render_to_string("journal/mail/to_receiver.txt", shown)
        subject = _("Une référence vous est transmise (%(code)s)") % {"code": link.referral.code}
    try:
        EmailMessage(subject, text, to=[link.sent_to]).send()
    except OSError as error:
        ReferralLink.objects.filter(pk=link.pk).update(revoked_at=timezone.now())
        raise Refused(
            _("Le courriel n'est pas parti, et son lien ne servira pas. Réessayez dans quelques minutes.")
        ) from error


def _tell_worker(held: Referral) -> None:
    """Write to whoever made the referral that it has an answer: queued with it, sent after it."""
    user = held.entry.worker.user
    if user is None or not user.is_active:
        return
    page = public_url(reverse("journal:follow_up", args=[held.uid]))
    with translation.override(user.language):
        text = render_to_string("journal/mail/answered.txt", {"name": user.full_name, "referral": held, "link": page})
        subject = _("Réponse à la référence %(code)s") % {"code": held.code}
    last = held.events.order_by("-id").values_list("pk", flat=True).first()
    queue_mail(
        event=f"journal.answered.{held.uid}.{last}",
        topic="journal.answers",
        to=user.email,
        subject=subject,
        text=text,
        language=user.language,
    )

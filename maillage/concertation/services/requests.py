"""Requests to join a group: made through its public sheet, approved or refused in one touch."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from maillage.concertation.account_links import DAYS, account_link
from maillage.concertation.enums import MemberRole, RequestState
from maillage.concertation.joining import emails_of_animators, organization_meant
from maillage.concertation.models import Group, JoinRequest, Member
from maillage.concertation.permissions import can_animate
from maillage.core.errors import Refused, require
from maillage.core.public_address import public_url
from maillage.core.services import audit, queue_mail
from maillage.directory.services import person_of

from .members import seat


@transaction.atomic
def ask_to_join(*, group: Group, **values: Any) -> JoinRequest | None:
    """Somebody asks to join: `name`, `email`, `capacity`, `organization_name`, `message`.

    Asked twice, or by somebody who is a member already, it stays as it is and nothing tells whoever asks.
    """
    if not (group.is_public and group.takes_requests):
        raise Refused(_("Ce groupe ne reçoit pas de demandes pour le moment."))
    group = Group.objects.select_for_update(of=("self",)).get(pk=group.pk)
    values = {**values, "email": values["email"].strip().lower(), "name": " ".join(values["name"].split())}
    asked = JoinRequest(group=group, **values)
    asked.full_clean(validate_constraints=False)
    pending = JoinRequest.objects.filter(group=group, email=values["email"], state=RequestState.PENDING)
    members = Member.objects.current().filter(group=group)
    here = members.filter(person__email__iexact=values["email"]) | members.filter(
        person__user__email__iexact=values["email"]
    )
    if pending.exists() or here.exists():
        return None
    asked.save()
    audit(actor=None, verb="concertation.request_made", obj=asked)
    _tell_animators(asked)
    return asked


@transaction.atomic
def approve_request(*, actor: Any, asked: JoinRequest) -> Member:
    """Seat who asked in the group, and write to them how to read it."""
    asked = _waiting(actor, asked)
    person = person_of(actor=actor, name=asked.name, email=asked.email)
    member = Member.objects.current().filter(group=asked.group, person=person).first()
    if member is None:
        member = seat(
            actor=actor,
            group=asked.group,
            person=person,
            organization=organization_meant(asked),
            capacity=asked.capacity,
            role=MemberRole.MEMBER,
            start=timezone.localdate(),
        )
    _decide(actor, asked, RequestState.APPROVED, member)
    person.refresh_from_db()
    opens = person.user_id is not None
    link = public_url(reverse("concertation:group", args=[asked.group.slug])) if opens else account_link(member)
    shown = {"asked": asked, "group": asked.group, "link": link, "has_account": opens, "days": DAYS}
    _write_back(asked, _("Bienvenue dans « %s »") % asked.group.name, "approved", shown)
    return member


@transaction.atomic
def refuse_request(*, actor: Any, asked: JoinRequest, reason: str = "") -> JoinRequest:
    """Say no, with a word when one is given."""
    asked = _waiting(actor, asked)
    reason = reason.strip()
    if len(reason) > 1000:
        raise ValidationError(_("Le mot dépasse mille signes : raccourcissez-le."))
    _decide(actor, asked, RequestState.REFUSED, None)
    shown = {"asked": asked, "group": asked.group, "reason": reason}
    _write_back(asked, _("Votre demande à « %s »") % asked.group.name, "refused", shown)
    return asked


def _waiting(actor: Any, asked: JoinRequest) -> JoinRequest:
    require(can_animate(actor, asked.group))
    asked = JoinRequest.objects.select_for_update(of=("self",)).select_related("group").get(pk=asked.pk)
    if asked.state != RequestState.PENDING:
        raise Refused(
            _("%(who)s a déjà répondu à cette demande : %(state)s.")
            % {"who": asked.decided_by_label or "Maillage", "state": asked.get_state_display().lower()}
        )
    return asked


def _decide(actor: Any, asked: JoinRequest, state: str, member: Member | None) -> None:
    before = asked.state
    asked.state, asked.member = state, member
    asked.decided_at, asked.decided_by_label = timezone.now(), str(actor)[:200]
    asked.full_clean()
    asked.save()
    verb = "concertation.request_approved" if state == RequestState.APPROVED else "concertation.request_refused"
    audit(actor=actor, verb=verb, obj=asked, changes={"state": [before, str(state)]})


def _write_back(asked: JoinRequest, subject: str, name: str, shown: dict[str, Any]) -> None:
    with translation.override("fr-ca"):
        text = render_to_string(f"concertation/mail/request_{name}.txt", shown)
    queue_mail(event=f"request.{asked.uid}.{name}", to=asked.email, subject=subject, text=text)


def _tell_animators(asked: JoinRequest) -> None:
    group = asked.group
    shown = {
        "asked": asked,
        "group": group,
        "link": public_url(reverse("concertation:requests", args=[group.slug])),
    }
    for email, language in emails_of_animators(group):
        with translation.override(language):
            text = render_to_string("concertation/mail/request_made.txt", shown)
            subject = _("Une demande d'adhésion à « %s »") % group.name
        queue_mail(
            event=f"request.{asked.uid}.made",
            topic=f"group.{group.pk}.requests",
            to=email,
            subject=subject,
            text=text,
            language=language,
        )

"""Invitations by e-mail: a link that opens once, for fourteen days, of which only a hash is kept.

Nothing tells the person who invites whether the e-mail has an account.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from maillage.accounts.services import open_account
from maillage.core.errors import Refused, require
from maillage.core.services import audit
from maillage.directory.models import Organization
from maillage.programs.links import new_secret
from maillage.programs.models import Invitation, Membership, Program
from maillage.programs.permissions import can_accept, can_coordinate

from .members import enroll

DAYS = 14
Address = Callable[[str], str]


def invite(
    *,
    actor: Any,
    program: Program,
    email: str,
    full_name: str,
    role: str,
    address: Address,
    organization: Organization | None = None,
    membership: Membership | None = None,
) -> Invitation:
    """Invite somebody to `program` with a role and send the link; `address` turns a token into a full address.

    `membership` is a participation without account that the invitation gives to the person. Refused when the mail
    could not leave: the invitation is then written, and can be sent again.
    """
    token, digest = new_secret()
    with transaction.atomic():
        require(can_coordinate(actor, program))
        email = email.strip().lower()
        _check_new(program, email, role, membership)
        invitation = Invitation(
            program=program,
            email=email,
            full_name=" ".join(full_name.split()),
            role=role,
            organization=organization,
            membership=membership,
            secret_hash=digest,
            invited_by=actor,
            expires_at=timezone.now() + timedelta(days=DAYS),
        )
        invitation.full_clean()
        invitation.save()
        audit(actor=actor, verb="programs.invitation_sent", obj=invitation, changes={"role": [None, role]})
    _deliver(invitation, address(token))
    return invitation


def resend_invitation(*, actor: Any, invitation: Invitation, address: Address) -> Invitation:
    """Send a new link; the former one opens no more."""
    token, digest = new_secret()
    with transaction.atomic():
        require(can_coordinate(actor, invitation.program))
        invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
        _check_pending(invitation)
        invitation.secret_hash = digest
        invitation.sent_at = timezone.now()
        invitation.expires_at = invitation.sent_at + timedelta(days=DAYS)
        invitation.save(update_fields=["secret_hash", "sent_at", "expires_at"])
        audit(actor=actor, verb="programs.invitation_resent", obj=invitation)
    _deliver(invitation, address(token))
    return invitation


@transaction.atomic
def revoke_invitation(*, actor: Any, invitation: Invitation) -> Invitation:
    """The link opens no more."""
    require(can_coordinate(actor, invitation.program))
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    _check_pending(invitation)
    invitation.revoked_at = timezone.now()
    invitation.save(update_fields=["revoked_at"])
    audit(actor=actor, verb="programs.invitation_revoked", obj=invitation)
    return invitation


@transaction.atomic
def accept_invitation(*, actor: Any, invitation: Invitation) -> Membership:
    """`actor`, signed in with the account of the invitation's e-mail, takes part in the programme. Works once."""
    require(can_accept(actor, invitation))
    found = Invitation.objects.select_for_update().usable().filter(pk=invitation.pk).first()
    if found is None:
        raise Refused(_("Cette invitation n'est plus valable."))
    member = _member_for(actor, found)
    found.accepted_at, found.membership = timezone.now(), member
    found.save(update_fields=["accepted_at", "membership"])
    audit(actor=actor, verb="programs.invitation_accepted", obj=found)
    return member


@transaction.atomic
def accept_with_new_account(*, invitation: Invitation, full_name: str, password: str) -> Membership:
    """Open the account of a person who had none, and accept. The link showed that the e-mail is theirs."""
    if not Invitation.objects.select_for_update().usable().filter(pk=invitation.pk).exists():
        raise Refused(_("Cette invitation n'est plus valable."))
    user = open_account(email=invitation.email, full_name=full_name, password=password)
    return accept_invitation(actor=user, invitation=invitation)


def _member_for(user: Any, invitation: Invitation) -> Membership:
    """The participation that the invitation gives: one kept for the person, one that had ended, or a new one."""
    former = Membership.objects.filter(program=invitation.program, user=user, role=invitation.role).first()
    kept = invitation.membership
    if former:
        former.end = None
        former.full_clean()
        former.save(update_fields=["end"])
        audit(actor=user, verb="programs.member_reinstated", obj=former)
        return former
    if kept and kept.user_id is None and kept.role == invitation.role:
        kept.user, kept.end = user, None
        kept.full_clean()
        kept.save(update_fields=["user", "end"])
        audit(actor=user, verb="programs.member_edited", obj=kept, changes={"user": [None, user.pk]})
        return kept
    member = Membership(
        program=invitation.program,
        user=user,
        label=user.full_name or invitation.full_name,
        role=invitation.role,
        organization=invitation.organization,
        start=timezone.localdate(),
    )
    return enroll(actor=user, member=member)


def _check_new(program: Program, email: str, role: str, membership: Membership | None) -> None:
    if program.memberships.current().filter(user__email=email, role=role).exists():
        raise ValidationError({"email": _("Cette personne a déjà ce rôle dans le programme.")})
    if program.invitations.pending().filter(email=email, role=role).exists():
        raise ValidationError(
            {"email": _("Cette personne a déjà une invitation en attente : renvoyez-la plutôt, ou annulez-la.")}
        )
    if membership and (membership.program_id != program.pk or membership.user_id or membership.role != role):
        raise ValidationError(_("Cette participation ne peut pas être confiée par cette invitation."))


def _check_pending(invitation: Invitation) -> None:
    if invitation.accepted_at or invitation.revoked_at:
        raise Refused(_("Cette invitation a déjà été acceptée ou annulée."))


def _deliver(invitation: Invitation, link: str) -> None:
    """Send the link, outside the transaction: a slow mail server holds no lock."""
    with translation.override("fr-ca"):
        text = render_to_string("programs/mail/invitation.txt", {"invitation": invitation, "link": link, "days": DAYS})
        subject = _("Invitation : %(program)s") % {"program": invitation.program.name}
    message = EmailMessage(" ".join(subject.split()), text, to=[invitation.email])
    try:
        message.send()
    except OSError as error:
        raise Refused(
            _("L'invitation est inscrite, mais le courriel n'est pas parti. Renvoyez-la dans quelques minutes.")
        ) from error

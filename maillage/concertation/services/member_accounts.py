"""A member who has no account is invited to open one; the link showed that the e-mail is theirs."""

from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from maillage.accounts.models import User
from maillage.accounts.services import open_account
from maillage.concertation.account_links import DAYS, account_link, opens
from maillage.concertation.models import Member
from maillage.concertation.permissions import can_keep_members
from maillage.core.errors import NotAllowed, Refused, require
from maillage.core.models import OutgoingMail
from maillage.core.services import audit, queue_mail
from maillage.directory.services import link_account


@transaction.atomic
def invite_member(*, actor: Any, member: Member) -> OutgoingMail | None:
    """Send a member the link by which they open their account; once a day at most (None when it left already)."""
    require(can_keep_members(actor, member.group))
    if member.person.user_id is not None:
        raise Refused(_("Cette personne a déjà un compte : elle lit le groupe."))
    if not member.person.email:
        raise Refused(_("Donnez d'abord son courriel : l'invitation part par là."))
    if not opens(member):
        raise Refused(_("Cette participation n'est pas en cours : changez d'abord ses dates."))
    shown = {"member": member, "group": member.group, "by": actor, "link": account_link(member), "days": DAYS}
    with translation.override("fr-ca"):
        text = render_to_string("concertation/mail/account.txt", shown)
        subject = _("Invitation : %s") % member.group.name
    mail = queue_mail(
        event=f"member.{member.uid}.account.{timezone.localdate():%Y%m%d}",
        to=member.person.email,
        subject=subject,
        text=text,
    )
    if mail is not None:
        audit(actor=actor, verb="concertation.member_invited", obj=member)
    return mail


@transaction.atomic
def join_with_new_account(*, member: Member, full_name: str, password: str) -> User:
    """Open the account of a member, and tie it to them."""
    member = _usable(member)
    if User.objects.filter(email__iexact=member.person.email).exists():
        raise Refused(_("Ce courriel a déjà un compte : connectez-vous, puis ouvrez de nouveau le lien."))
    user = open_account(email=member.person.email, full_name=full_name, password=password)
    return _tie(user, member)


@transaction.atomic
def join_with_account(*, actor: Any, member: Member) -> User:
    """Tie the account of the member's e-mail, opened meanwhile, to them."""
    member = _usable(member)
    if not actor.is_authenticated or actor.email.casefold() != member.person.email.casefold():
        raise NotAllowed(_("Cette invitation est pour une autre personne."))
    return _tie(actor, member)


def _usable(member: Member) -> Member:
    member = Member.objects.select_for_update(of=("self",)).select_related("person", "group").get(pk=member.pk)
    if not opens(member):
        raise Refused(_("Cette invitation n'est plus valable."))
    return member


def _tie(user: User, member: Member) -> User:
    """The person of the member gets the account; if the account is another person's already, that one takes the place."""
    link_account(user=user, person=member.person)
    mine = getattr(User.objects.select_related("directory_person").get(pk=user.pk), "directory_person", None)
    if mine is not None and mine.pk != member.person_id:
        if Member.objects.current().filter(group=member.group, person=mine).exists():
            return user
        member.person = mine
        member.full_clean()
        member.save(update_fields=["person"])
    audit(actor=user, verb="concertation.invitation_accepted", obj=member)
    return user

"""What a receiver's link or a code opens, and to whom a referral may be sent."""

from datetime import timedelta

from django.utils import timezone

from maillage.directory.models import Contact

from .links import digest_of
from .loops import CODE_DAYS
from .models import Referral, ReferralLink
from .slip_code import read_code

_SHOWN = ("entry__program", "entry__mrc", "entry__worker", "destination", "need", "kind", "organization")


def link_of(token: str) -> tuple[ReferralLink | None, bool]:
    """The link that bears `token`, and whether it still opens. A guess finds none."""
    shown = (f"referral__{name}" for name in (*_SHOWN, "service__organization"))
    found = ReferralLink.objects.filter(digest=digest_of(token)).select_related(*shown).first()
    if found is None:
        return None, False
    return found, ReferralLink.objects.usable().filter(pk=found.pk).exists()


def referral_of_code(typed: str) -> Referral | None:
    """The referral that bears this code, of a living entry, as it was typed or dictated."""
    if (code := read_code(typed)) is None:
        return None
    found = Referral.objects.filter(code=code, entry__deleted_at=None)
    return found.select_related(*_SHOWN, "service__organization").order_by("-entry__date", "-id").first()


def opens_by_code(referral: Referral) -> bool:
    """Whether the code still opens it: for half a year after the day of the entry."""
    return referral.entry.date >= timezone.localdate() - timedelta(days=CODE_DAYS)


def known_emails(referral: Referral) -> list[str]:
    """The addresses that the directory gives for the referral's destination, the nearest first."""
    service, organization = referral.service, referral.organization
    if organization is None and service is not None:
        organization = service.organization
    found = [service.email] if service else []
    if service is not None:
        found += Contact.objects.filter(service=service).order_by("id").values_list("email", flat=True)
    if organization is not None:
        found += [organization.email]
    return list(dict.fromkeys(email for email in found if email))

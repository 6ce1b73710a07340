"""How far a programme protects its figures: thresholds that only go up, and the agreement of those who work there."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.core.errors import Refused, require
from maillage.core.services import audit, differences
from maillage.programs.models import Program
from maillage.statistics.models import ProtectionPolicy
from maillage.statistics.permissions import can_release

THRESHOLDS = ("threshold", "sensitive_threshold", "smallest_area")
CONSENT = ("consent", "consent_on")


@transaction.atomic
def set_thresholds(
    *, actor: Any, program: Program, threshold: int, sensitive_threshold: int, smallest_area: int
) -> ProtectionPolicy:
    """Protect more than the product does by itself: 5, 10 and 40 are the least. Releases already made do not change."""
    require(can_release(actor, program))
    policy, before = _held(program)
    policy.threshold, policy.sensitive_threshold, policy.smallest_area = threshold, sensitive_threshold, smallest_area
    return _save(actor, policy, before, verb="statistics.policy_thresholds")


@transaction.atomic
def record_consent(*, actor: Any, program: Program, consent: str, on: date) -> ProtectionPolicy:
    """Write who of the workers and organizations agreed, and when, that their activity be read in what is published."""
    require(can_release(actor, program))
    if not consent.strip():
        raise Refused(_("Écrivez qui a donné son accord, et comment."))
    if on > timezone.localdate():
        raise Refused(_("L'accord porte une date à venir : inscrivez-le une fois donné."))
    policy, before = _held(program)
    policy.consent, policy.consent_on = consent.strip(), on
    policy.consent_by = actor if getattr(actor, "pk", None) else None
    return _save(actor, policy, before, verb="statistics.policy_consent")


@transaction.atomic
def withdraw_consent(*, actor: Any, program: Program) -> ProtectionPolicy:
    """The agreement holds no more, for the releases to come."""
    require(can_release(actor, program))
    policy, before = _held(program)
    if not policy.consent:
        raise Refused(_("Aucun accord n'est inscrit."))
    policy.consent, policy.consent_on, policy.consent_by = "", None, None
    return _save(actor, policy, before, verb="statistics.policy_consent_withdrawn")


def _held(program: Program) -> tuple[ProtectionPolicy, dict[str, Any]]:
    found = ProtectionPolicy.objects.select_for_update().filter(program=program).first()
    policy = found or ProtectionPolicy(program=program)
    return policy, _values(policy)


def _save(actor: Any, policy: ProtectionPolicy, before: dict[str, Any], *, verb: str) -> ProtectionPolicy:
    policy.full_clean()
    policy.save()
    if changes := differences(before, _values(policy)):
        audit(actor=actor, verb=verb, obj=policy, changes=changes)
    return policy


def _values(policy: ProtectionPolicy) -> dict[str, Any]:
    return {name: getattr(policy, name) for name in (*THRESHOLDS, *CONSENT)}

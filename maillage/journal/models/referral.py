import uuid
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.directory.models import Organization, Service
from maillage.journal.enums import MAX_PERSONS, Barrier, LoopState
from maillage.programs.models import Term

from .entry import Entry, seen_by

OPEN_STATES = (LoopState.GIVEN, LoopState.SENT, LoopState.ACCEPTED, LoopState.PROPOSED, LoopState.WAITING)


class ReferralQuerySet(models.QuerySet["Referral"]):
    """Referrals of living entries."""

    def visible_to(self, actor: Any) -> "ReferralQuerySet":
        """Those of the entries that `actor` sees."""
        return self.filter(seen_by(actor, "entry__"))

    def open(self) -> "ReferralQuerySet":
        """Those whose loop nobody closed."""
        return self.filter(state__in=OPEN_STATES)

    def followed(self) -> "ReferralQuerySet":
        """Those that wait to be followed on some day: « Mes suivis »."""
        return self.open().filter(entry__deleted_at=None).exclude(due_on=None)

    def late(self, day: date | None = None) -> "ReferralQuerySet":
        """Those whose day has come."""
        return self.followed().filter(due_on__lte=day or timezone.localdate())


class Referral(models.Model):
    """One or several persons met in an entry were referred to a destination for a need. No diagnosis, no identity.

    `destination` is the family of services; `organization` and `service` say it nearer. `uid` stays the same when the
    entry is corrected; `code` is what the person holds (`code_of(uid)`). The loop: `state` since `state_at`, `barrier`
    when it failed, `due_on` the day on which it is late, `proposed_on` a date that the receiver proposed. `ReferralEvent`
    tells how it came there. `consent` says that the person agrees that something about them leaves.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code remis à la personne"), max_length=9, editable=False, db_index=True, default="")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="referrals")
    destination = models.ForeignKey(Term, verbose_name=_("destination"), on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="referrals",
    )
    service = models.ForeignKey(
        Service, verbose_name=_("service"), null=True, blank=True, on_delete=models.PROTECT, related_name="referrals"
    )
    need = models.ForeignKey(
        Term, verbose_name=_("besoin"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.ForeignKey(
        Term, verbose_name=_("forme"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    persons = models.PositiveIntegerField(_("personnes référées"), default=1)
    consent = models.BooleanField(_("accord de la personne pour transmettre"), default=False)
    state = models.CharField(
        _("état"), max_length=12, choices=LoopState, default=LoopState.GIVEN, editable=False, db_index=True
    )
    state_at = models.DateTimeField(_("depuis"), null=True, blank=True, editable=False)
    barrier = models.CharField(_("obstacle"), max_length=14, choices=Barrier, blank=True, editable=False)
    due_on = models.DateField(_("à relancer le"), null=True, blank=True, editable=False)
    proposed_on = models.DateField(_("date proposée"), null=True, blank=True, editable=False)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("référence")
        verbose_name_plural = _("références")
        ordering = ["entry", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(persons__gte=1, persons__lte=MAX_PERSONS),
                name="journal_referral_persons",
                violation_error_message=_("Une référence concerne de 1 à 500 personnes."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.destination} ({self.persons})"


class ReferralEvent(models.Model):
    """Something happened to a referral: who said it (a person of the team, or the receiver by the link), and what."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(_("le"), auto_now_add=True)
    state = models.CharField(_("état"), max_length=12, choices=LoopState)
    barrier = models.CharField(_("obstacle"), max_length=14, choices=Barrier, blank=True)
    proposed_on = models.DateField(_("date proposée"), null=True, blank=True)
    note = models.CharField(_("précision"), max_length=300, blank=True)
    by_id = models.BigIntegerField(null=True, blank=True, editable=False)
    by_label = models.CharField(max_length=200, blank=True, editable=False)
    by_receiver = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("suivi d'une référence")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.referral_id}: {self.state}"


class ReferralLinkQuerySet(models.QuerySet["ReferralLink"]):
    """Links of receivers."""

    def usable(self) -> "ReferralLinkQuerySet":
        """Those that still open: not taken back, not expired, of a living entry, the loop not closed."""
        return self.filter(
            revoked_at=None,
            expires_at__gt=timezone.now(),
            referral__state__in=OPEN_STATES,
            referral__entry__deleted_at=None,
        )


class ReferralLink(models.Model):
    """The receiver's page of a referral: only the digest of its token is kept. It expires, and can be taken back."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    sent_to = models.EmailField(_("envoyé à"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("échoit le"))
    opened_at = models.DateTimeField(_("ouvert le"), null=True, blank=True)
    answered_at = models.DateTimeField(_("répondu le"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("repris le"), null=True, blank=True)

    objects = ReferralLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("lien du receveur")
        ordering = ["-created_at", "id"]

    def __str__(self) -> str:
        return f"{self.referral_id} → {self.sent_to}"

    @property
    def has_expired(self) -> bool:
        """Whether its time has run out."""
        return self.expires_at <= timezone.now()

import uuid
from datetime import date
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from maillage.core.errors import Refused
from maillage.directory.models import Organization
from maillage.programs.enums import Role
from maillage.programs.models import Membership, Program
from maillage.statistics.enums import ExtractState

LOWEST_K, DEFAULT_K = 5, 11
MOST_WITHHELD = 5


class ExtractQuerySet(models.QuerySet["Extract"]):
    """Extracts."""

    def visible_to(self, actor: Any) -> "ExtractQuerySet":
        """One's own while one does research in the programme; those of the programmes one coordinates; all for an
        administrator."""
        if not actor.is_authenticated:
            return self.none()
        if actor.is_administrator:
            return self
        mine = Membership.objects.current().filter(user=actor)
        research = mine.filter(role=Role.RESEARCHER).values("program")
        coordinated = mine.filter(role=Role.COORDINATOR).values("program")
        return self.filter(Q(program__in=coordinated) | Q(program__in=research, researcher=actor))

    def handed_over(self) -> "ExtractQuerySet":
        """Those that somebody holds, or can take any day: they count for ever when another is made."""
        return self.filter(Q(state=ExtractState.MADE) | Q(deliveries__isnull=False)).distinct()


class Extract(models.Model):
    """Rows of a programme's journal for research: what was asked, by whom, for what, and what came out.

    `fields` are codes of `statistics.extraction.fields`; `priority` the known trait to keep as fine as can be. `seal`
    is over what was asked: it does not change between asking and making. `outcome` is what came out, without any row;
    `trace` the class of each entry in the file (`extraction.traces`), for the protection of later extracts: it never
    leaves. The package itself is a file, gone at expiry.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="extracts")
    number = models.PositiveIntegerField(_("numéro"))
    researcher = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("personne responsable"), on_delete=models.PROTECT, related_name="+"
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organisation qui reçoit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="extracts",
    )
    purpose = models.TextField(_("but"), max_length=1500)
    agreement = models.CharField(_("approbation éthique ou entente"), max_length=200)
    fields = models.JSONField(_("champs"), default=list)
    priority = models.CharField(_("à garder précis"), max_length=20, blank=True)
    start = models.DateField(_("premier jour"))
    end = models.DateField(_("dernier jour"))
    k = models.PositiveSmallIntegerField(
        _("nombre de lignes semblables"),
        default=DEFAULT_K,
        validators=[MinValueValidator(LOWEST_K), MaxValueValidator(100)],
    )
    diversity = models.PositiveSmallIntegerField(
        _("valeurs différentes"), default=2, validators=[MinValueValidator(2), MaxValueValidator(10)]
    )
    withheld = models.PositiveSmallIntegerField(
        _("part de lignes retenues, en %"), default=2, validators=[MaxValueValidator(MOST_WITHHELD)]
    )
    expires_on = models.DateField(_("échéance"))
    seal = models.CharField(max_length=64, editable=False)
    asked_at = models.DateTimeField(_("demandé le"), auto_now_add=True)

    state = models.CharField(_("état"), max_length=10, choices=ExtractState, default=ExtractState.ASKED)
    reason = models.TextField(_("raison"), blank=True, max_length=1000)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    outcome = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    trace = models.BinaryField(default=bytes)

    objects = ExtractQuerySet.as_manager()

    class Meta:
        verbose_name = _("extrait")
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "number"],
                name="statistics_extract_number_once",
                violation_error_message=_("Ce numéro d'extrait existe déjà."),
            ),
            models.CheckConstraint(
                condition=Q(k__gte=LOWEST_K, diversity__gte=2, withheld__lte=MOST_WITHHELD),
                name="statistics_extract_protected",
                violation_error_message=_("La protection d'un extrait ne descend jamais sous celle du produit."),
            ),
            models.CheckConstraint(
                condition=Q(end__gte=F("start")),
                name="statistics_extract_dates",
                violation_error_message=_("La période finirait avant de commencer."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "withdrawn"]) | ~Q(reason=""),
                name="statistics_extract_reason",
                violation_error_message=_("Dites pourquoi."),
            ),
            models.CheckConstraint(
                condition=~Q(state="made") | ~Q(digest=""),
                name="statistics_extract_digest",
                violation_error_message=_("Un extrait remis porte l'empreinte de son fichier."),
            ),
        ]

    def __str__(self) -> str:
        return _now("Extrait n° %(number)s") % {"number": self.number}

    @property
    def is_over(self) -> bool:
        """Whether its expiry has passed."""
        return self.expires_on < timezone.localdate()

    @property
    def can_be_taken(self) -> bool:
        """Whether its package may still be handed over."""
        return self.state == ExtractState.MADE and not self.is_over

    def sealed(self) -> str:
        """The seal of what is asked, as the row says it now."""
        asked: list[Any] = [
            str(self.uid),
            self.program_id,
            self.number,
            self.researcher_id,
            self.organization_id,
            self.purpose,
            self.agreement,
            list(self.fields),
            self.priority,
            *(day.isoformat() if isinstance(day, date) else str(day) for day in (self.start, self.end)),
            self.k,
            self.diversity,
            self.withheld,
            str(self.expires_on),
        ]
        return salted_hmac("maillage.statistics.extract", repr(asked), algorithm="sha256").hexdigest()


class DeliveryQuerySet(models.QuerySet["ExtractDelivery"]):
    """Lines of the log: they are added, never changed."""

    def update(self, **values: Any) -> int:
        """Never."""
        raise Refused(_now("Le journal des remises ne se modifie pas."))

    def delete(self) -> Any:
        """Never."""
        raise Refused(_now("Le journal des remises ne se modifie pas."))


class ExtractDelivery(models.Model):
    """Somebody took the package of an extract: who, when, and the digest of what they took. Never changed."""

    extract = models.ForeignKey(Extract, on_delete=models.PROTECT, related_name="deliveries")
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("remis à"), on_delete=models.PROTECT, related_name="+"
    )
    taken_at = models.DateTimeField(_("remis le"), auto_now_add=True)
    digest = models.CharField(_("empreinte"), max_length=64)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("remise d'un extrait")
        ordering = ["-taken_at", "-id"]

    def __str__(self) -> str:
        return f"{self.extract} – {self.taken_by}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the line; a line that stands is never changed."""
        if not self._state.adding:
            raise Refused(_now("Le journal des remises ne se modifie pas."))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Never."""
        raise Refused(_now("Le journal des remises ne se modifie pas."))

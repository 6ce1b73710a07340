import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from maillage.directory.models import TenantBody
from maillage.journal.enums import (
    MAX_MINUTES,
    MAX_NOTE,
    MAX_PARTICIPATIONS,
    MAX_PERSONS,
    ContactInitiative,
    ContactRank,
    Nature,
)
from maillage.programs.models import Membership, Program, Term
from maillage.territories.enums import Tenure
from maillage.territories.models import Division, HousingSite


def seen_by(actor: Any, path: str = "") -> Q:
    """Which entries `actor` sees, as a condition on rows whose entry stands at `path` (« entry__ »): living ones of the
    programmes whose team they are in now; all living ones for an administrator."""
    if not actor.is_authenticated:
        return Q(pk__in=())
    alive = Q(**{f"{path}deleted_at": None})
    if actor.is_administrator:
        return alive
    teams = Membership.objects.current().team().filter(user=actor).values("program")
    return alive & Q(**{f"{path}program__in": teams})


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries of the journal."""

    def alive(self) -> "EntryQuerySet":
        """Entries that were not deleted."""
        return self.filter(deleted_at=None)

    def visible_to(self, actor: Any) -> "EntryQuerySet":
        """Living entries of the programmes whose team `actor` is in now; all for an administrator."""
        return self.filter(seen_by(actor))


class Entry(models.Model):
    """An intervention written in the journal (« intervention inscrite au journal »).

    It holds counts and codes, never who was met. `tenure` and `mrc` are copied when the entry is saved: they say how
    things stood that day. A deleted entry stays as a trace (`deleted_at`), without its note.
    `search` and `note_search` are stems: of the site and codes, and of the note, which fewer people may read.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="entries")
    worker = models.ForeignKey(
        Membership, verbose_name=_("intervenant·e"), on_delete=models.PROTECT, related_name="entries"
    )
    date = models.DateField(_("date"))
    site = models.ForeignKey(
        HousingSite,
        verbose_name=_("milieu"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="entries",
    )
    mrc = models.ForeignKey(Division, verbose_name=_("MRC"), on_delete=models.PROTECT, related_name="entries")
    tenure = models.CharField(_("mode d'occupation"), max_length=10, choices=Tenure, default=Tenure.OTHER)
    nature = models.CharField(_("nature"), max_length=10, choices=Nature)
    collective_kind = models.ForeignKey(
        Term,
        verbose_name=_("type d'action collective"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    contact_place = models.ForeignKey(
        Term,
        verbose_name=_("lieu du contact"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    contact_rank = models.CharField(_("contact"), max_length=10, choices=ContactRank, blank=True)
    contact_initiative = models.CharField(_("initiative"), max_length=10, choices=ContactInitiative, blank=True)
    persons = models.PositiveIntegerField(_("personnes rejointes"), default=0)
    persons_referred = models.PositiveIntegerField(_("personnes référées"), default=0)
    participants = models.PositiveIntegerField(_("participants distincts"), null=True, blank=True)
    participations = models.PositiveIntegerField(_("participations"), null=True, blank=True)
    tenant_body = models.ForeignKey(
        TenantBody,
        verbose_name=_("instance de locataires"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="entries",
    )
    minutes = models.PositiveIntegerField(_("durée en minutes"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True, max_length=MAX_NOTE)
    search = models.TextField(blank=True, editable=False)
    note_search = models.TextField(blank=True, editable=False)
    terms = models.ManyToManyField(Term, through="EntryTerm", related_name="entries")

    revision = models.PositiveIntegerField(default=1, editable=False)
    created_by_id = models.BigIntegerField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)
    import_key = models.CharField(max_length=64, blank=True, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("intervention")
        verbose_name_plural = _("interventions")
        ordering = ["-date", "-id"]
        indexes = [
            models.Index(fields=["program", "-date", "-id"], name="journal_entry_program_date"),
            models.Index(fields=["worker", "-date", "-id"], name="journal_entry_worker_date"),
            models.Index(fields=["site", "-date"], name="journal_entry_site_date"),
            # Holds what the totals of a list add up: they are read without opening the rows.
            models.Index(fields=["program", "deleted_at", "date", "persons", "minutes"], name="journal_entry_totals"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "import_key"],
                condition=~Q(import_key=""),
                name="journal_entry_import_once",
                violation_error_message=_("Cette ligne a déjà été importée."),
            ),
            models.CheckConstraint(
                condition=Q(persons__lte=MAX_PERSONS),
                name="journal_entry_persons",
                violation_error_message=_("Une intervention rejoint au plus 500 personnes."),
            ),
            models.CheckConstraint(
                condition=Q(persons_referred__lte=models.F("persons")),
                name="journal_entry_referred",
                violation_error_message=_("Plus de personnes référées que de personnes rejointes."),
            ),
            models.CheckConstraint(
                condition=Q(participations=None)
                | Q(participants=None)
                | Q(participations__gte=models.F("participants")),
                name="journal_entry_participations",
                violation_error_message=_("Les participations ne peuvent être moins nombreuses que les participants."),
            ),
            models.CheckConstraint(
                condition=Q(participations=None) | Q(participations__lte=MAX_PARTICIPATIONS),
                name="journal_entry_participations_max",
                violation_error_message=_("Une intervention compte au plus 5 000 participations."),
            ),
            models.CheckConstraint(
                condition=Q(minutes=None) | Q(minutes__lte=MAX_MINUTES),
                name="journal_entry_minutes",
                violation_error_message=_("Une intervention dure au plus 24 heures."),
            ),
            models.CheckConstraint(
                condition=Q(nature=Nature.COLLECTIVE) | Q(collective_kind=None, participants=None, participations=None),
                name="journal_entry_individual",
                violation_error_message=_(
                    "Le type d'action collective et les participations vont avec une intervention collective."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d} {self.get_nature_display()}"


class EntryTerm(models.Model):
    """A code that an entry bears, of any vocabulary in which several may be chosen."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="entry_terms")
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="entry_terms")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["entry", "term"], name="journal_entry_term_once")]

    def __str__(self) -> str:
        return f"{self.entry_id}:{self.term_id}"

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from maillage.concertation.enums import Capacity, EvidenceKind, Method, NeedState
from maillage.core.text import stems
from maillage.journal.models import Entry, RaisedNeed
from maillage.programs.models import Term
from maillage.territories.models import HousingSite

from .agenda import Document
from .group import Group
from .meeting import Meeting
from .member import Member


class NamedNeedQuerySet(models.QuerySet["NamedNeed"]):
    """Needs named before groups."""

    def visible_to(self, actor: Any) -> "NamedNeedQuerySet":
        """Needs of the groups that `actor` sees, those still to be read aside (`to_read`)."""
        seen = Group.objects.visible_to(actor).order_by().values("pk")
        return self.filter(group__in=seen).on_board()

    def on_board(self) -> "NamedNeedQuerySet":
        """Those that a group has before it: neither still to be read, nor declined when they were."""
        return self.filter(declined=False).exclude(state=NeedState.PROPOSED)

    def to_read(self) -> "NamedNeedQuerySet":
        """Those named without account that nobody of the group has read yet, the oldest first."""
        return self.filter(state=NeedState.PROPOSED).order_by("named_at", "id")

    def public(self) -> "NamedNeedQuerySet":
        """Those that anybody may read, with what came of them."""
        return self.on_board().filter(is_public=True)


class NamedNeed(models.Model):
    """A need that tenants, members or unanswered referrals name before a group (« besoin nommé »).

    `named_as` says as what it was named, `named_by` who when they are a member and want it said. `code` finds it without
    account. `priority` is what the last prioritising gave it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=12, unique=True, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="needs")
    statement = models.CharField(_("le besoin en une phrase"), max_length=300)
    details = models.TextField(_("précisions"), blank=True, max_length=3000)
    term = models.ForeignKey(
        Term, verbose_name=_("besoin (vocabulaire)"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    site = models.ForeignKey(
        HousingSite, verbose_name=_("milieu"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    named_as = models.CharField(_("nommé par"), max_length=12, choices=Capacity, default=Capacity.TENANT)
    named_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="needs_named")
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.SET_NULL, related_name="needs_named")
    raised = models.OneToOneField(
        RaisedNeed, null=True, blank=True, on_delete=models.PROTECT, related_name="named"
    )  # where it came from, when unanswered referrals named it
    state = models.CharField(_("état"), max_length=9, choices=NeedState, default=NeedState.OPEN)
    priority = models.PositiveIntegerField(_("priorité"), null=True, blank=True, editable=False)
    priority_score = models.FloatField(null=True, blank=True, editable=False)
    is_public = models.BooleanField(_("paraît sur la fiche publique"), default=False)
    declined = models.BooleanField(default=False, editable=False)  # when it was read: the group does not have it
    search = models.TextField(blank=True, editable=False)
    named_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = NamedNeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("besoin nommé")
        verbose_name_plural = _("besoins nommés")
        ordering = ["-named_at", "-id"]
        indexes = [models.Index(fields=["group", "state", "priority"], name="concertation_need_board")]

    def __str__(self) -> str:
        return self.statement

    def save(self, *args: Any, **options: Any) -> None:
        """Keep what searching compares."""
        self.search = stems(f"{self.statement} {self.details}")
        if (names := options.get("update_fields")) is not None and {"statement", "details"} & set(names):
            options["update_fields"] = {*names, "search"}
        super().save(*args, **options)


class NeedStep(models.Model):
    """Something happened to a need: what came of it, told to whoever named it."""

    need = models.ForeignKey(NamedNeed, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=9, choices=NeedState)
    text = models.CharField(_("ce qui en est ressorti"), max_length=1000, blank=True)
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    by_label = models.CharField(max_length=200, blank=True, editable=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("étape d'un besoin")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.need} : {self.get_state_display()}"


class NeedEvidence(models.Model):
    """What a need rests on."""

    need = models.ForeignKey(NamedNeed, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=10, choices=EvidenceKind)
    entry = models.ForeignKey(Entry, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    url = models.URLField(_("adresse"), blank=True, max_length=500)
    words = models.CharField(_("parole recueillie"), max_length=1000, blank=True)
    added_by_label = models.CharField(max_length=200, blank=True, editable=False)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("appui d'un besoin")
        ordering = ["added_at", "id"]

    def __str__(self) -> str:
        return self.get_kind_display()


class NeedSupport(models.Model):
    """A member, or somebody without account (`key`, of their browser), lives this need too."""

    need = models.ForeignKey(NamedNeed, on_delete=models.CASCADE, related_name="supports")
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64, blank=True, editable=False)
    supported_as = models.CharField(max_length=12, choices=Capacity, default=Capacity.TENANT)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("appui donné à un besoin")
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["need", "member"], condition=Q(member__isnull=False), name="concertation_needsupport_member"
            ),
            models.UniqueConstraint(fields=["need", "key"], condition=~Q(key=""), name="concertation_needsupport_key"),
        ]

    def __str__(self) -> str:
        return str(self.need)


class Prioritization(models.Model):
    """A group says which of its needs come first, by dots or by ranking."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="prioritizations")
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    method = models.CharField(_("méthode"), max_length=8, choices=Method, default=Method.DOTS)
    dots = models.PositiveSmallIntegerField(_("points par personne"), default=5)
    needs = models.ManyToManyField(NamedNeed, related_name="prioritizations")
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    voters = models.PositiveIntegerField(default=0, editable=False)  # when it was closed
    results = models.JSONField(default=list, blank=True, editable=False)  # as they were counted when it was closed

    class Meta:
        verbose_name = _("exercice de priorisation")
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(closed_at=None),
                name="concertation_prioritization_open",
                violation_error_message=_("Un exercice de priorisation est déjà ouvert dans ce groupe."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.group} ({self.get_method_display()})"


class Ballot(models.Model):
    """What a member gives to a need in a prioritising: a number of dots, or a rank (1 is first)."""

    prioritization = models.ForeignKey(Prioritization, on_delete=models.CASCADE, related_name="ballots")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    need = models.ForeignKey(NamedNeed, on_delete=models.CASCADE, related_name="ballots")
    value = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("voix donnée à un besoin")
        ordering = ["prioritization", "member", "id"]
        constraints = [
            models.UniqueConstraint(fields=["prioritization", "member", "need"], name="concertation_ballot_once")
        ]

    def __str__(self) -> str:
        return f"{self.need} : {self.value}"

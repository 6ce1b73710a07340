import uuid
from typing import Any

from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from maillage.concertation.enums import GroupKind, GroupState, NeedState, RequestState
from maillage.directory.models import Organization, TenantBody
from maillage.programs.models import Program
from maillage.territories.models import Division, HousingSite


class GroupQuerySet(models.QuerySet["Group"]):
    """Groups."""

    def visible_to(self, actor: Any) -> "GroupQuerySet":
        """Groups of which `actor` is a member now: the member list is the access list. All for an administrator."""
        if not actor.is_authenticated:
            return self.none()
        if actor.is_administrator:
            return self
        from .member import Member

        return self.filter(pk__in=Member.objects.current().filter(person__user_id=actor.pk).values("group"))

    def with_waiting(self) -> "GroupQuerySet":
        """Each with what waits for those who animate it: `waiting_requests` to join, `needs_waiting` to be read."""
        asked, named = Q(requests__state=RequestState.PENDING), Q(needs__state=NeedState.PROPOSED)
        return self.annotate(
            waiting_requests=Count("requests", filter=asked, distinct=True),
            needs_waiting=Count("needs", filter=named, distinct=True),
        )

    def public(self) -> "GroupQuerySet":
        """Groups whose sheet anybody may read."""
        return self.filter(is_public=True)


class Group(models.Model):
    """An instance of concertation: ÉLÉ, table, community of practice, committee, tenants' association, sub-group of another."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("adresse"), max_length=80, unique=True)
    name = models.CharField(_("nom"), max_length=200)
    kind = models.CharField(_("type"), max_length=12, choices=GroupKind, default=GroupKind.TABLE)
    state = models.CharField(_("état"), max_length=8, choices=GroupState, default=GroupState.ACTIVE)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("sous-groupe de"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="subgroups",
    )
    programs = models.ManyToManyField(Program, verbose_name=_("programmes"), blank=True, related_name="groups")
    territory = models.ForeignKey(
        Division, verbose_name=_("territoire"), null=True, blank=True, on_delete=models.PROTECT, related_name="groups"
    )
    sites = models.ManyToManyField(HousingSite, verbose_name=_("milieux"), blank=True, related_name="groups")
    host = models.ForeignKey(
        Organization, verbose_name=_("porté par"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    tenant_body = models.OneToOneField(
        TenantBody,
        verbose_name=_("instance de locataires"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="group",
    )
    mandate = models.TextField(_("mandat"), blank=True, max_length=5000)
    charter = models.TextField(_("fonctionnement convenu"), blank=True, max_length=10_000)
    summary = models.CharField(_("en une phrase"), max_length=300, blank=True)
    contact = models.CharField(_("pour nous joindre"), max_length=300, blank=True)
    founded_on = models.DateField(_("fondé le"), null=True, blank=True)
    ended_on = models.DateField(_("terminé le"), null=True, blank=True)
    is_public = models.BooleanField(_("fiche publique"), default=False)
    takes_requests = models.BooleanField(_("reçoit des demandes d'adhésion"), default=False)
    takes_needs = models.BooleanField(_("reçoit des besoins sans compte"), default=False)
    is_discreet = models.BooleanField(
        _("discret"),
        default=False,
        help_text=_("Ses rencontres n'entrent pas dans la toile des organisations ni dans les calendriers publics."),
    )
    search = models.CharField(max_length=600, blank=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("groupe")
        verbose_name_plural = _("groupes")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(founded_on=None) | Q(ended_on__gte=F("founded_on")),
                name="concertation_group_dates",
                violation_error_message=_("La fin du groupe précède sa fondation."),
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("id")),
                name="concertation_group_parent",
                violation_error_message=_("Un groupe n'est pas le sous-groupe de lui-même."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

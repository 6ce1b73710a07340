import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from maillage.concertation.models import Group, Initiative, NamedNeed
from maillage.core.text import stems
from maillage.directory.models import Organization, Person
from maillage.programs.models import Membership, Program, Term
from maillage.projects.enums import PartKind, ProjectRole, ProjectStage, Reach
from maillage.territories.models import Division, HousingSite


class ProjectQuerySet(models.QuerySet["Project"]):
    """Projects."""

    def visible_to(self, actor: Any) -> "ProjectQuerySet":
        """Those of the groups that `actor` is in, of the programmes in whose team they are, and those they work on."""
        if not actor.is_authenticated:
            return self.none()
        if actor.is_administrator:
            return self
        groups = Group.objects.visible_to(actor).order_by().values("pk")
        teams = Membership.objects.current().team().filter(user=actor).order_by().values("program")
        mine = ProjectPerson.objects.filter(person__user_id=actor.pk).order_by().values("project")
        return self.filter(Q(group__in=groups) | Q(program__in=teams) | Q(pk__in=mine))

    def public(self) -> "ProjectQuerySet":
        """Those whose sheet anybody may read."""
        return self.filter(is_public=True)


class Project(models.Model):
    """What a group or a programme does about needs: from the idea to what goes on after it (« projet »).

    `reach`, `issue`, `funding`, `pride` and `impacts` are the fields of the project sheets of source 004. `program` is the one it
    counts in; `group` the one that carries it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("adresse"), max_length=80, unique=True)
    name = models.CharField(_("nom"), max_length=200)
    stage = models.CharField(_("étape"), max_length=11, choices=ProjectStage, default=ProjectStage.IDEA, editable=False)
    group = models.ForeignKey(
        Group, verbose_name=_("groupe"), null=True, blank=True, on_delete=models.PROTECT, related_name="projects"
    )
    program = models.ForeignKey(
        Program, verbose_name=_("programme"), null=True, blank=True, on_delete=models.PROTECT, related_name="projects"
    )
    needs = models.ManyToManyField(NamedNeed, verbose_name=_("besoins"), blank=True, related_name="projects")
    initiative = models.ForeignKey(
        Initiative,
        verbose_name=_("initiative"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="projects",
    )
    sites = models.ManyToManyField(HousingSite, verbose_name=_("milieux"), blank=True, related_name="projects")
    territories = models.ManyToManyField(Division, verbose_name=_("territoires"), blank=True, related_name="projects")
    theme = models.ForeignKey(
        Term, verbose_name=_("thème"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    population = models.CharField(_("pour qui"), max_length=300, blank=True)
    reach = models.CharField(_("portée"), max_length=10, choices=Reach, default=Reach.LOCAL)
    issue = models.CharField(_("enjeu"), max_length=200, blank=True)
    summary = models.CharField(_("en une phrase"), max_length=300, blank=True)
    description = models.TextField(_("description"), blank=True, max_length=10_000)
    funding = models.CharField(_("financement"), max_length=300, blank=True)
    pride = models.TextField(_("notre fierté"), blank=True, max_length=3000)
    impacts = models.TextField(_("impacts observés"), blank=True, max_length=5000)
    story = models.TextField(_("récit"), blank=True, max_length=20_000)
    promoter = models.ForeignKey(
        Organization,
        verbose_name=_("organisme promoteur"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="projects_promoted",
    )
    continued_by = models.ForeignKey(
        Organization, verbose_name=_("qui poursuit"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    continuity = models.CharField(_("ce qui se poursuit"), max_length=1000, blank=True)
    started_on = models.DateField(_("début"), null=True, blank=True)
    ended_on = models.DateField(_("fin"), null=True, blank=True)
    is_public = models.BooleanField(_("fiche publique"), default=False, editable=False)
    search = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("projet")
        verbose_name_plural = _("projets")
        ordering = ["-started_on", "name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(group__isnull=False) | Q(program__isnull=False),
                name="projects_project_carried",
                violation_error_message=_("Un projet est porté par un groupe ou par un programme."),
            ),
            models.CheckConstraint(
                condition=Q(started_on=None) | Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="projects_project_dates",
                violation_error_message=_("La fin du projet précède son début."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **options: Any) -> None:
        """Keep what searching compares."""
        told = ("name", "summary", "population", "issue", "description")
        self.search = stems(" ".join(getattr(self, name) for name in told))
        if (names := options.get("update_fields")) is not None and set(told) & set(names):
            options["update_fields"] = {*names, "search"}
        super().save(*args, **options)


class ProjectStep(models.Model):
    """A project passed from one stage to another: the log of its life."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="steps")
    before = models.CharField(max_length=11, choices=ProjectStage, blank=True)
    after = models.CharField(max_length=11, choices=ProjectStage)
    on = models.DateField(_("date"))
    words = models.CharField(_("ce qui s'est passé"), max_length=1000, blank=True)
    by_label = models.CharField(max_length=200, blank=True, editable=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("étape d'un projet")
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.project} : {self.get_after_display()}"


class ProjectPerson(models.Model):
    """A person works on a project: they see it, and those who lead it change it."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="projects")
    role = models.CharField(_("rôle"), max_length=6, choices=ProjectRole, default=ProjectRole.MEMBER)

    class Meta:
        verbose_name = _("personne d'un projet")
        ordering = ["role", "person__name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "person"],
                name="projects_person_once",
                violation_error_message=_("Cette personne est déjà du projet."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.project}"


class ProjectPartner(models.Model):
    """An organization takes part in a project, with what it gives."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="partners")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="project_parts")
    kind = models.CharField(_("part"), max_length=9, choices=PartKind, default=PartKind.TIME)
    words = models.CharField(_("en quelques mots"), max_length=300, blank=True)
    since = models.DateField(_("depuis"), null=True, blank=True)

    class Meta:
        verbose_name = _("partenaire d'un projet")
        ordering = ["organization__name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "organization", "kind"],
                name="projects_partner_once",
                violation_error_message=_("Cette part de cet organisme est déjà inscrite."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization} – {self.project}"


class EngagedCommunity(models.Model):
    """A local community entered a démarche in a year (source 004): its projects are those that count its territory."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="engaged_communities")
    name = models.CharField(_("communauté"), max_length=200)
    division = models.ForeignKey(
        Division, verbose_name=_("territoire"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    year = models.PositiveSmallIntegerField(_("année d'entrée"))
    words = models.TextField(_("ce qui s'y passe"), blank=True, max_length=3000)
    projects = models.ManyToManyField(Project, verbose_name=_("projets"), blank=True, related_name="communities")

    class Meta:
        verbose_name = _("communauté engagée")
        verbose_name_plural = _("communautés engagées")
        ordering = ["year", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "name"],
                name="projects_community_once",
                violation_error_message=_("Cette communauté est déjà engagée dans la démarche."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.year})"

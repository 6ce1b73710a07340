"""What the pages that open, change and filter projects ask."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.concertation.enums import ANIMATING, GroupState, NeedState
from maillage.concertation.models import Group, Member, NamedNeed
from maillage.core.fields import DayField
from maillage.directory.fields import OrganizationField
from maillage.programs.enums import VocabularyKind
from maillage.programs.models import Membership, Program, Term
from maillage.projects.enums import ProjectStage
from maillage.projects.models import Project
from maillage.projects.services.projects import TOLD
from maillage.territories.fields import told_division
from maillage.territories.models import HousingSite
from maillage.territories.permissions import sites_visible_to

from .places import TerritoriesField, sites_named
from .screened import Screened

GOES_ON = "en-vie"  # the stages before the end
OFFERED = 200  # needs of a group that may be taken up


class ProjectForm(Screened, forms.ModelForm):
    """A project: who carries it, what it answers, where, and what its public sheet says."""

    TOLD = TOLD

    needs = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Les besoins auxquels il répond"), queryset=NamedNeed.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    territories = TerritoriesField(
        label=gettext_lazy("Territoires"), required=False,
        help_text=gettext_lazy("Un par ligne : une municipalité, une MRC ou une région, par son nom ou son code."),
    )  # fmt: skip
    sites = forms.CharField(
        label=gettext_lazy("Milieux d'habitation"), required=False, max_length=8000,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=gettext_lazy("Un par ligne : son nom, une part de son nom ou son numéro."),
    )  # fmt: skip
    promoter = OrganizationField(label=gettext_lazy("Organisme promoteur"), required=False)
    continued_by = OrganizationField(
        label=gettext_lazy("Qui poursuit"), required=False, help_text=gettext_lazy("L'organisme qui prend la suite.")
    )
    born_on = DayField(
        label=gettext_lazy("Idée née le"),
        required=False,
        help_text=gettext_lazy("Aujourd'hui si vous n'en dites rien."),
    )
    started_on = DayField(label=gettext_lazy("Début"), required=False)
    ended_on = DayField(label=gettext_lazy("Fin"), required=False)

    class Meta:
        model = Project
        fields = (
            "name", "summary", "group", "program", "theme", "population", "reach", "issue", "description", "funding",
            "pride", "impacts", "story", "continuity",
        )  # fmt: skip
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 2}),
            "description": forms.Textarea(attrs={"rows": 8}),
            "pride": forms.Textarea(attrs={"rows": 3}),
            "impacts": forms.Textarea(attrs={"rows": 4}),
            "story": forms.Textarea(attrs={"rows": 6}),
            "continuity": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "summary": gettext_lazy("Ce que la liste et la fiche disent en premier."),
            "population": gettext_lazy("Par exemple : les familles des habitations, les personnes aînées du quartier."),
            "issue": gettext_lazy("Par exemple : participation citoyenne, sécurité alimentaire."),
            "funding": gettext_lazy("Ce que la fiche en dit : autofinancement, mesure de soutien, fondation…"),
            "story": gettext_lazy("Comment c'est arrivé, pour l'équipe du projet. La fiche publique ne le montre pas."),
        }

    def __init__(self, *args: Any, actor: Any, project: Project | None = None, group: Group | None = None,
                 **options: Any) -> None:  # fmt: skip
        self.actor, self.project, self.group = actor, project, group
        options["initial"] = _shown(project, actor) | options.get("initial", {})
        options["instance"] = project or Project(group=group)
        super().__init__(*args, **options)
        self._offer("group", self._groups(), _("Aucun : le programme le porte"))
        self._offer("program", self._programs(), _("Aucun"))
        self._offer("theme", self._themes(), _("À préciser"))
        self._offer("needs", self._needs())
        if project is not None or not self.fields["needs"].queryset.exists():  # type: ignore[attr-defined]
            del self.fields["needs"]
        if project is not None:
            del self.fields["born_on"]
        else:
            del self.fields["ended_on"], self.fields["continued_by"], self.fields["continuity"]
            del self.fields["pride"], self.fields["impacts"]
            self.fields["started_on"].help_text = _("S'il est déjà en marche.")

    def _offer(self, name: str, rows: Any, empty: str = "") -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows
        if empty:
            field.empty_label = empty

    def _groups(self) -> Any:
        """Groups in life that the actor animates, and the one that carries the project already."""
        found = Group.objects.exclude(state=GroupState.ENDED)
        if not self.actor.is_administrator:
            mine = Member.objects.current().filter(person__user_id=self.actor.pk, role__in=ANIMATING)
            found = found.filter(pk__in=mine.order_by().values("group"))
        kept = self.project.group_id if self.project else self.group.pk if self.group else None
        return (found | Group.objects.filter(pk=kept or 0)).order_by("name", "id")

    def _programs(self) -> Any:
        """Programmes in whose team the actor is, those of the group, and the one that the project counts in already."""
        wanted = Q(pk=self.project.program_id or 0) if self.project else Q(pk=0)
        if self.group is not None:
            wanted |= Q(pk__in=self.group.programs.order_by().values("pk"))
        if self.actor.is_administrator:
            return Program.objects.order_by("-start", "id")
        teams = Membership.objects.current().team().filter(user=self.actor).order_by().values("program")
        return Program.objects.filter(wanted | Q(pk__in=teams)).order_by("-start", "id")

    def _themes(self) -> Any:
        frames = self._programs().order_by().values("frame")
        usable = Term.objects.usable().filter(frame__in=frames, vocabulary=VocabularyKind.THEME)
        kept = Term.objects.filter(pk=(self.project.theme_id if self.project else 0) or 0)
        return (usable | kept).order_by("frame", "position", "id")

    def _needs(self) -> Any:
        """Needs on the board of the group that still wait for an answer."""
        if self.group is None:
            return NamedNeed.objects.none()
        alive = NamedNeed.objects.on_board().filter(group=self.group, state__in=(NeedState.OPEN, NeedState.TAKEN_UP))
        latest = alive.order_by("-named_at", "-id").values("pk")[:OFFERED]
        return NamedNeed.objects.filter(pk__in=list(latest.values_list("pk", flat=True))).order_by("-named_at", "-id")

    def clean_sites(self) -> list[HousingSite]:
        """The sites named, one a line; those that the actor does not see stay."""
        return sites_named(self.actor, self.cleaned_data["sites"], self.project)

    def clean(self) -> dict[str, Any]:
        """Somebody carries it, and it does not end before it begins."""
        data = super().clean() or {}
        if not self.errors and not data.get("group") and not data.get("program"):
            self.add_error("group", _("Un projet est porté par un groupe ou par un programme : choisissez-en un."))
        start, end = data.get("started_on"), data.get("ended_on")
        if start and end and end < start:
            self.add_error("ended_on", _("La fin du projet précède son début."))
        return data

    @property
    def has_bearers(self) -> bool:
        """Whether there is a group or a programme that the project could be of."""
        offered = (self.fields[name].queryset for name in ("group", "program"))  # type: ignore[attr-defined]
        return self.project is not None or self.group is not None or any(rows.exists() for rows in offered)

    def _post_clean(self) -> None:
        """What a project must be is the service's to say: nothing is written on the row here."""


class ProjectFilter(forms.Form):
    """Which projects to show."""

    q = forms.CharField(label=gettext_lazy("Mots"), required=False, max_length=100)
    etape = forms.ChoiceField(label=gettext_lazy("Étape"), required=False)
    theme = forms.ChoiceField(label=gettext_lazy("Thème"), required=False)
    mrc = forms.ChoiceField(label=gettext_lazy("MRC"), required=False)
    annee = forms.ChoiceField(label=gettext_lazy("Commencé en"), required=False)
    site = forms.ChoiceField(label=gettext_lazy("Milieu"), required=False)

    def __init__(self, *args: Any, themes: Any, places: Any, years: Any, sites: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offered: dict[str, list[Any]] = {
            "etape": [(GOES_ON, gettext_lazy("Pas encore terminés")), *ProjectStage.choices],
            "theme": themes,
            "mrc": places,
            "annee": [(str(year), str(year)) for year in years],
            "site": sites,
        }
        anything = {"etape": _("Toutes, projets terminés compris"), "mrc": _("Toutes"), "annee": _("Toutes les années")}
        for name, choices in offered.items():
            self.fields[name].choices = [("", anything.get(name, _("Tous"))), *choices]  # type: ignore[attr-defined]
        if not sites:
            del self.fields["site"]


def _shown(project: Project | None, actor: Any) -> dict[str, Any]:
    """What the fields of the project show that are not those of its row."""
    if project is None:
        return {}
    places = project.territories.order_by("name", "id")
    shown: dict[str, Any] = {"territories": "\n".join(told_division(place) for place in places)}
    seen = project.sites.filter(pk__in=sites_visible_to(actor).values("pk")).order_by("name", "id")
    shown["sites"] = "\n".join(seen.values_list("name", flat=True))
    for name in ("promoter", "continued_by"):
        if (organization := getattr(project, name)) is not None:
            shown[name] = organization.name
    return shown | {"started_on": project.started_on, "ended_on": project.ended_on}

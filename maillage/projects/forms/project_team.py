"""What the pages of a project's stage, people and partners ask."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.concertation.models import Member
from maillage.core.fields import DayField
from maillage.directory.fields import OrganizationField
from maillage.directory.models import Person
from maillage.programs.models import Membership
from maillage.projects.enums import PartKind, ProjectRole
from maillage.projects.models import Project, ProjectPartner

from .screened import Screened

PART = ("kind", "words", "since")  # what an organization gives


class StageForm(Screened, forms.Form):
    """A project passes to another stage: when, what happened, and who goes on when it is handed over."""

    TOLD = ("words", "continuity")
    on = DayField(label=gettext_lazy("Le"))
    words = forms.CharField(
        label=gettext_lazy("Ce qui s'est passé"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    continued_by = OrganizationField(label=gettext_lazy("Qui poursuit"), required=False)
    continuity = forms.CharField(
        label=gettext_lazy("Ce qui se poursuit"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, code: str, project: Project, **options: Any) -> None:
        initial = {"on": timezone.localdate(), "continuity": project.continuity}
        if project.continued_by is not None:
            initial["continued_by"] = project.continued_by.name
        options["initial"] = initial
        super().__init__(*args, **options)
        if code not in ("hand_over", "end"):
            del self.fields["continued_by"], self.fields["continuity"]


class PersonForm(forms.Form):
    """Somebody works on the project: chosen among those around it, or named."""

    person = forms.ModelChoiceField(
        label=gettext_lazy("Une personne du groupe ou de l'équipe"), queryset=Person.objects.none(), required=False
    )
    name = forms.CharField(label=gettext_lazy("Ou quelqu'un d'autre : son nom"), required=False, max_length=200)
    email = forms.EmailField(
        label=gettext_lazy("Son courriel"), required=False,
        help_text=gettext_lazy("C'est par lui que son compte, si elle en a un, verra le projet."),
        error_messages={"invalid": gettext_lazy("Écrivez un courriel complet, par exemple nom@organisme.ca.")},
    )  # fmt: skip
    role = forms.ChoiceField(
        label=gettext_lazy("Dans le projet"), choices=ProjectRole.choices, widget=forms.RadioSelect,
        initial=ProjectRole.MEMBER,
    )  # fmt: skip

    def __init__(self, *args: Any, project: Project, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset, field.empty_label = people_around(project), _("Choisir")

    def clean(self) -> dict[str, Any]:
        """Somebody, one way or the other."""
        data = super().clean() or {}
        if not self.errors and bool(data.get("person")) == bool(data.get("name")):
            field = "name" if data.get("person") else "person"
            self.add_error(field, _("Choisissez une personne de la liste, ou écrivez un nom : l'un des deux."))
        return data


def people_around(project: Project) -> Any:
    """Members of the project's group and the team of its programme, who are not in the project yet."""
    seated = Member.objects.current().filter(group=project.group_id or 0).order_by().values("person")
    team = Membership.objects.current().team().filter(program=project.program_id or 0).order_by().values("user")
    found = Person.objects.filter(pk__in=seated) | Person.objects.filter(user__in=team)
    inside = project.people.order_by().values("person")
    return found.exclude(pk__in=inside).distinct().order_by("name", "id")


class PartnerForm(Screened, forms.Form):
    """An organization takes part: with what, in a few words, since when."""

    TOLD = ("words",)
    organization = OrganizationField()
    kind = forms.ChoiceField(
        label=gettext_lazy("Sa part"), choices=PartKind.choices, widget=forms.RadioSelect, initial=PartKind.TIME
    )
    words = forms.CharField(label=gettext_lazy("En quelques mots"), required=False, max_length=300)
    since = DayField(label=gettext_lazy("Depuis"), required=False)

    def __init__(self, *args: Any, partner: ProjectPartner | None = None, **options: Any) -> None:
        if partner is not None:
            told = {name: getattr(partner, name) for name in PART}
            options["initial"] = {"organization": partner.organization.name, **told}
        super().__init__(*args, **options)

    def values(self) -> dict[str, Any]:
        """What the service writes."""
        return {name: self.cleaned_data[name] for name in PART}

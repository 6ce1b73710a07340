"""What the pages that open, change and filter groups ask."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.concertation.enums import ANIMATING, GroupKind, GroupState
from maillage.concertation.models import Group, Member
from maillage.core.text import fold
from maillage.directory.models import TenantBody
from maillage.directory.queries import bodies_visible_to
from maillage.programs.models import Program
from maillage.territories.models import HousingSite
from maillage.territories.permissions import sites_visible_to

from .fields import DayField, DivisionField, OrganizationField, told_division


class GroupForm(forms.ModelForm):
    """A group: what it is, where, why, and what its public sheet shows."""

    programs = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Programmes"), queryset=Program.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    territory = DivisionField(required=False)
    sites = forms.CharField(
        label=gettext_lazy("Milieux d'habitation"), required=False, max_length=8000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Un par ligne : son nom ou son numéro."),
    )  # fmt: skip
    host = OrganizationField(
        label=gettext_lazy("Porté par"), required=False, help_text=gettext_lazy("L'organisation qui tient le groupe.")
    )
    founded_on = DayField(label=gettext_lazy("Fondé le"), required=False)
    ended_on = DayField(label=gettext_lazy("Terminé le"), required=False)

    class Meta:
        model = Group
        fields = (
            "name", "kind", "state", "parent", "summary", "mandate", "charter", "contact", "host", "tenant_body", "founded_on", "ended_on", "is_public", "takes_requests", "takes_needs",
            "is_discreet",
        )  # fmt: skip
        widgets = {"mandate": forms.Textarea(attrs={"rows": 4}), "charter": forms.Textarea(attrs={"rows": 5})}
        help_texts = {
            "summary": gettext_lazy("Ce que la fiche publique dit en premier."),
            "charter": gettext_lazy("Comment on se réunit, comment on décide, qui anime."),
            "contact": gettext_lazy("Sur la fiche publique : un courriel, un téléphone, une personne qui y consent."),
            "is_public": gettext_lazy("Tout le monde peut la lire, sans compte. Jamais le nom des membres."),
            "takes_requests": gettext_lazy("La fiche offre un formulaire pour demander à se joindre."),
            "takes_needs": gettext_lazy("Une page et une affiche permettent de nommer un besoin sans compte."),
        }

    def __init__(self, *args: Any, actor: Any, group: Group | None = None, **options: Any) -> None:
        self.actor, self.group = actor, group
        options["initial"] = self._shown(group) | options.get("initial", {})
        super().__init__(*args, instance=group or Group(), **options)
        self._choices("programs", self._programs())
        self._choices("parent", self._parents())
        self._choices("tenant_body", self._bodies())
        for name, empty in (("parent", gettext_lazy("Aucun")), ("tenant_body", gettext_lazy("Aucune"))):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.empty_label = empty

    def _shown(self, group: Group | None) -> dict[str, Any]:
        if group is None:
            return {}
        shown: dict[str, Any] = {"programs": list(group.programs.order_by("pk").values_list("pk", flat=True))}
        shown |= {"sites": "\n".join(site.name for site in self._sites_shown(group))}
        if group.territory:
            shown["territory"] = told_division(group.territory)
        return shown | ({"host": group.host.name} if group.host else {})

    def _choices(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows

    def _programs(self) -> Any:
        return Program.objects.visible_to(self.actor).order_by("-start", "id")

    def _parents(self) -> Any:
        """Groups that the actor animates, and the one this group is under already."""
        found = Group.objects.exclude(state=GroupState.ENDED)
        if not self.actor.is_administrator:
            mine = Member.objects.current().filter(person__user_id=self.actor.pk, role__in=ANIMATING)
            found = found.filter(pk__in=mine.values("group"))
        if self.group is not None:
            found = (found | Group.objects.filter(pk=self.group.parent_id)).exclude(pk=self.group.pk)
        return found.distinct().order_by("name", "id")

    def _bodies(self) -> Any:
        """Bodies of tenants that the actor sees and that no other group is."""
        mine = Q(group=None) | Q(group=self.group) if self.group else Q(group=None)
        seen = bodies_visible_to(self.actor).filter(mine)
        if self.group is not None and self.group.tenant_body_id:
            seen = seen | TenantBody.objects.filter(pk=self.group.tenant_body_id)
        return seen.order_by("name", "id")

    def _sites_shown(self, group: Group) -> list[HousingSite]:
        return list(group.sites.filter(pk__in=sites_visible_to(self.actor).values("pk")).order_by("name", "id"))

    def clean_sites(self) -> list[HousingSite]:
        """The sites named, one a line; those that the actor does not see stay."""
        lines = [line.strip() for line in self.cleaned_data["sites"].splitlines() if line.strip()]
        found: dict[int, HousingSite] = {}
        if lines:
            rows = list(sites_visible_to(self.actor).order_by("name", "id").only("pk", "name", "reference"))
            known: dict[str, HousingSite] = {}
            for row in rows:
                for word in (row.name, row.reference):
                    known.setdefault(fold(word), row)
            wrong = [line for line in lines if fold(line) not in known]
            if wrong:
                named = ", ".join(f"« {line[:60]} »" for line in wrong[:5])
                raise forms.ValidationError(_("Aucun milieu que vous voyez ne porte ce nom : %s.") % named)
            found = {known[fold(line)].pk: known[fold(line)] for line in lines}
        if self.group is not None:
            seen = {site.pk for site in self._sites_shown(self.group)}
            found |= {site.pk: site for site in self.group.sites.order_by("id") if site.pk not in seen}
        return list(found.values())

    def clean_programs(self) -> list[Program]:
        """The programmes chosen; those that the actor does not see stay."""
        chosen = list(self.cleaned_data["programs"])
        if self.group is None:
            return chosen
        seen = self._programs().values("pk")
        return chosen + list(self.group.programs.exclude(pk__in=seen).order_by("pk"))

    def clean(self) -> dict[str, Any]:
        """Requests and needs without account come through the public sheet."""
        data = super().clean() or {}
        for name in ("takes_requests", "takes_needs"):
            if data.get(name) and not data.get("is_public"):
                self.add_error(name, _("Cochez aussi « fiche publique » : c'est par elle qu'on y arrive."))
        return data

    def _post_clean(self) -> None:
        """What a group must be is the service's to say: nothing is written on the row here."""


class GroupFilter(forms.Form):
    """Which groups of mine to show."""

    q = forms.CharField(label=gettext_lazy("Nom"), required=False, max_length=100)
    type = forms.ChoiceField(label=gettext_lazy("Type"), required=False)
    programme = forms.ChoiceField(label=gettext_lazy("Programme"), required=False)
    territoire = forms.ChoiceField(label=gettext_lazy("Territoire"), required=False)
    etat = forms.ChoiceField(label=gettext_lazy("État"), required=False)

    def __init__(self, *args: Any, programs: Any, territories: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        every = gettext_lazy("Tous")
        self.fields["type"].choices = [("", every), *GroupKind.choices]  # type: ignore[attr-defined]
        self.fields["etat"].choices = [  # type: ignore[attr-defined]
            ("", gettext_lazy("En vie")), *GroupState.choices, ("tous", every)
        ]  # fmt: skip
        self.fields["programme"].choices = [("", every), *programs]  # type: ignore[attr-defined]
        self.fields["territoire"].choices = [("", every), *territories]  # type: ignore[attr-defined]

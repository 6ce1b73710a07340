"""What the page of a community that enters a démarche asks."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy

from maillage.programs.models import Program
from maillage.projects.models import EngagedCommunity, Project
from maillage.projects.services.communities import FIRST, LAST
from maillage.territories.fields import DivisionField, told_division

OFFERED = 200


class CommunityForm(forms.Form):
    """Its name, its territory, the year it entered, what goes on there, its projects."""

    name = forms.CharField(
        label=gettext_lazy("Communauté"), max_length=200, help_text=gettext_lazy("Un quartier, un secteur, un village.")
    )
    year = forms.IntegerField(label=gettext_lazy("Année d'entrée dans la démarche"), min_value=FIRST, max_value=LAST)
    division = DivisionField(required=False)
    words = forms.CharField(
        label=gettext_lazy("Ce qui s'y passe"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    projects = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Ses projets"), queryset=Project.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Ceux du programme qui comptent son territoire s'y ajoutent d'eux-mêmes."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, actor: Any, program: Program, community: EngagedCommunity | None = None, **options: Any
    ) -> None:
        if community is not None:
            options["initial"] = {
                "name": community.name,
                "year": community.year,
                "division": told_division(community.division) if community.division else "",
                "words": community.words,
                "projects": list(community.projects.order_by("pk").values_list("pk", flat=True)),
            }
        super().__init__(*args, **options)
        field = self.fields["projects"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        visible = Project.objects.visible_to(actor).filter(Q(program=program) | Q(group__programs=program))
        keys = list(visible.order_by("-updated_at", "-id").values_list("pk", flat=True)[:OFFERED])
        tied = list(community.projects.order_by("pk").values_list("pk", flat=True)) if community else []
        field.queryset = Project.objects.filter(pk__in=[*keys, *tied]).order_by("name", "id")
        if not field.queryset.exists():
            del self.fields["projects"]

    def values(self) -> dict[str, Any]:
        """What the service writes."""
        return {name: self.cleaned_data[name] for name in ("name", "year", "division", "words")}

    def chosen(self) -> list[Project]:
        """The projects that were chosen."""
        return list(self.cleaned_data.get("projects", []))

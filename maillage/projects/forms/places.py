"""Fields in which several places are named, one a line."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from maillage.core.text import fold, stems
from maillage.projects.models import Project
from maillage.territories.fields import DivisionField
from maillage.territories.models import Division, HousingSite
from maillage.territories.permissions import sites_visible_to

MOST = 100  # places that one project names
QUOTED = 5  # names that one sentence quotes


class TerritoriesField(forms.CharField):
    """Several territories, by name or code, one a line."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.Textarea(attrs={"rows": 2}))
        super().__init__(max_length=3000, **options)
        self.one = DivisionField()

    def clean(self, value: Any) -> list[Division]:
        """The territories; the line that is no territory is named."""
        found: dict[int, Division] = {}
        for line in super().clean(value).splitlines():
            if not line.strip():
                continue
            try:
                division = self.one.clean(line.strip())
            except forms.ValidationError as error:
                raise forms.ValidationError(f"« {line.strip()[:60]} » : {error.messages[0]}") from error
            if division is not None:
                found[division.pk] = division
        return list(found.values())


def sites_named(actor: Any, text: str, project: Project | None) -> list[HousingSite]:
    """The sites that `actor` sees of these names, parts of names or numbers, with those of `project` that they do not see."""
    lines, found = _lines(text), {}
    if lines:
        seen = list(sites_visible_to(actor).order_by("name", "id").only("pk", "name", "reference"))
        for line in lines:
            site = _site_named(seen, line)
            found[site.pk] = site
    if project is not None:
        visible = sites_visible_to(actor).values("pk")
        found |= {site.pk: site for site in project.sites.exclude(pk__in=visible).order_by("pk")}
    return list(found.values())


def _site_named(seen: list[HousingSite], line: str) -> HousingSite:
    """The site of this name or number, else the only one whose name has all its words."""
    for site in seen:
        if fold(line) in (fold(site.name), fold(site.reference)):
            return site
    words = set(stems(line).split())
    near = [site for site in seen if words and words <= set(stems(site.name).split())]
    if len(near) == 1:
        return near[0]
    if near:
        offered = ", ".join(f"« {site.name} »" for site in near[:QUOTED])
        raise forms.ValidationError(
            _("« %(name)s » : plusieurs milieux portent ce nom. Écrivez l'un de ceux-ci : %(offered)s.")
            % {"name": line[:60], "offered": offered}
        )
    raise forms.ValidationError(_("Aucun milieu que vous voyez ne porte ce nom : « %s ».") % line[:60])


def _lines(text: str) -> list[str]:
    found = [line.strip() for line in text.splitlines() if line.strip()]
    if len(found) > MOST:
        raise forms.ValidationError(_("Ce sont plus de 100 lieux : nommez plutôt la MRC ou la région."))
    return found

"""What the pages of tenants' bodies ask."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _

from maillage.directory.models import Organization, TenantBody
from maillage.territories.models import HousingSite
from maillage.territories.permissions import sites_visible_to

from .organizations import DAY

OFFERED = 300


class TenantBodyForm(forms.ModelForm):
    """A body of tenants: its state, its dates, the sites it speaks for. Never who belongs to it."""

    class Meta:
        model = TenantBody
        fields = (
            "kind",
            "name",
            "organization",
            "sites",
            "status",
            "recognised_on",
            "dissolved_on",
            "members_count",
            "last_assembly_on",
        )
        widgets = {
            "recognised_on": DAY,
            "dissolved_on": DAY,
            "last_assembly_on": DAY,
            "sites": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, actor: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        visible = sites_visible_to(actor)
        owner = Organization.objects.filter(Q(ownerships__site__in=visible)).distinct().order_by("name", "id")
        offered = list(visible.order_by("name", "id").values_list("pk", flat=True)[:OFFERED])
        sites, offices = self.fields["sites"], self.fields["organization"]
        assert isinstance(sites, forms.ModelMultipleChoiceField)
        assert isinstance(offices, forms.ModelChoiceField)
        sites.queryset = HousingSite.objects.filter(pk__in=offered).order_by("name", "id")
        offices.queryset = owner

    def clean(self) -> dict[str, Any]:
        """A recognition or a dissolution has its date; a dissolution follows the recognition."""
        data = super().clean() or {}
        recognised, dissolved = data.get("recognised_on"), data.get("dissolved_on")
        if recognised and dissolved and dissolved < recognised:
            self.add_error("dissolved_on", _("La dissolution précède la reconnaissance."))
        return data

"""What the keepers of a fund say of an application that came on paper."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.core.errors import Refused
from maillage.core.fields import DayField
from maillage.projects.models import Call, Fund, Project


class RecordForm(forms.Form):
    """Which project, to which call of a fund, and the day it came."""

    project = forms.ModelChoiceField(
        label=gettext_lazy("Projet"), queryset=Project.objects.none(), to_field_name="slug",
        help_text=gettext_lazy("Il n'y est pas ? Ouvrez-le d'abord, avec le jour où l'idée est née."),
    )  # fmt: skip
    call = forms.ModelChoiceField(label=gettext_lazy("Appel"), queryset=Call.objects.none(), to_field_name="uid")
    received_on = DayField(label=gettext_lazy("Reçue le"))
    late_because = forms.CharField(
        label=gettext_lazy("En retard : pourquoi la prendre ?"), max_length=500, required=False,
        help_text=gettext_lazy("Seulement si elle est arrivée après la fermeture. Le groupe le lira."),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Any, fund: Fund, **options: Any) -> None:
        super().__init__(*args, **options)
        project, call = self.fields["project"], self.fields["call"]
        assert isinstance(project, forms.ModelChoiceField)
        assert isinstance(call, forms.ModelChoiceField)
        near = Q(program=fund.program) | Q(group__in=fund.program.groups.order_by().values("pk"))
        project.queryset = Project.objects.visible_to(actor).filter(near).order_by("name", "id")
        call.queryset = fund.calls.filter(opens_on__lte=timezone.localdate())
        project.empty_label = call.empty_label = gettext_lazy("Choisissez")
        project.error_messages["invalid_choice"] = _("Ce projet n'est pas du programme de la mesure.")
        call.error_messages["invalid_choice"] = _("Cet appel n'est pas de cette mesure, ou il n'est pas encore ouvert.")


def day_said(request: HttpRequest) -> date | None:
    """The day that the person says something happened, None for today. Raises `Refused` for what is no day."""
    try:
        return DayField(required=False).clean(request.POST.get("on"))
    except ValidationError as error:
        raise Refused(error.messages[0]) from error

"""Every component in every state, for those who build pages and for the browser tests."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from maillage.portal.forms import SampleForm

COLOURS = range(1, 9)
STEPS = range(1, 7)


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """The page of components, over invented values."""
    filled = SampleForm(initial={"kind": "individual", "families": 3, "themes": ["food"], "agreed": True}, prefix="a")
    refused = SampleForm({"b-name": "", "b-families": "-1", "b-themes": ["x"]}, prefix="b")
    context = {
        "filled": filled,
        "refused": refused,
        "filters": [
            {"label": _("Période"), "value": _("avril 2014"), "remove": "?"},
            {"label": _("MRC"), "value": "Lotbinière", "remove": "?"},
        ],
        "page": Paginator(range(95), 10).page(3),
        "steps": [_("Fichier"), _("Colonnes"), _("Vérification"), _("Fin")],
        "colours": COLOURS,
        "shades": STEPS,
        "spec": SPEC,
    }
    return render(request, "portal/components.html", context)


SPEC = {
    "data": {"values": [{"sort": "OMH", "share": 85}, {"sort": "OBNL", "share": 7}, {"sort": "Coop", "share": 4}]},
    "mark": "bar",
    "width": "container",
    "encoding": {
        "y": {"field": "sort", "type": "nominal", "sort": None, "title": None},
        "x": {"field": "share", "type": "quantitative", "title": None},
    },
}

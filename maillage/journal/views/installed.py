"""The journal on the home screen of a telephone: its service worker and its manifest."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_GET

from maillage.core.palette import PALETTE
from maillage.journal.shell import worker_script

ICONS = (
    ("core/icon.svg", "any", "image/svg+xml", "any"),
    ("core/icon-192.png", "192x192", "image/png", "any"),
    ("core/icon-512.png", "512x512", "image/png", "any"),
    ("core/icon-maskable-512.png", "512x512", "image/png", "maskable"),
)


@login_not_required
@require_GET
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that opens the journal without network. It stands at the root, so that it serves every page."""
    response = HttpResponse(worker_script(), content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


@login_not_required
@require_GET
def manifest(request: HttpRequest) -> JsonResponse:
    """What a telephone wants to know to put the journal on its home screen. In French: it is one for everybody."""
    told = {
        "id": "/",
        "name": "Maillage – le journal d'intervention",
        "short_name": "Maillage",
        "description": "Inscrire une intervention là où elle se fait, avec ou sans réseau.",
        "lang": "fr-CA",
        "dir": "ltr",
        "start_url": reverse("journal:new"),
        "scope": "/",
        "display": "standalone",
        "background_color": PALETTE["light"]["paper"],
        "theme_color": PALETTE["light"]["paper"],
        "categories": ["productivity", "social"],
        "icons": [
            {"src": static(name), "sizes": sizes, "type": kind, "purpose": purpose}
            for name, sizes, kind, purpose in ICONS
        ],
        "shortcuts": [
            {"name": name, "url": url, "icons": [{"src": static("core/icon-192.png"), "sizes": "192x192"}]}
            for name, url in (
                ("Inscrire une intervention", reverse("journal:new")),
                ("Sur cet appareil", reverse("journal:field")),
                ("Journal", reverse("journal:list")),
            )
        ],
    }
    response = JsonResponse(told, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


def colours_of_frame(request: HttpRequest) -> dict[str, str]:
    """The colours that a telephone gives to its own bar, by mode."""
    return {"light": PALETTE["light"]["paper"], "dark": PALETTE["dark"]["paper"]}

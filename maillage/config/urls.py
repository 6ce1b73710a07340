"""The addresses of the product."""

from django.urls import include, path

urlpatterns = [
    path("", include("maillage.projects.urls")),
    path("", include("maillage.concertation.urls")),
    path("", include("maillage.journal.urls")),
    path("compte/", include("maillage.accounts.urls")),
    path("territoires/", include("maillage.territories.urls")),
    path("repertoire/", include("maillage.directory.urls")),
    path("", include("maillage.core.urls")),
    path("r/", include("maillage.directory.urls_short")),
    path("", include("maillage.programs.urls")),
    path("", include("maillage.reports.urls")),
    path("", include("maillage.statistics.urls")),
    path("api/", include("maillage.api.urls")),
    path("", include("maillage.portal.urls")),
]

handler500 = "maillage.portal.views.errors.broken"

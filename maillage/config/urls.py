"""The addresses of the product."""

from django.urls import include, path

urlpatterns = [
    path("journal/", include("maillage.journal.urls")),
    path("compte/", include("maillage.accounts.urls")),
    path("territoires/", include("maillage.territories.urls")),
    path("repertoire/", include("maillage.directory.urls")),
    path("", include("maillage.programs.urls")),
    path("", include("maillage.reports.urls")),
    path("", include("maillage.statistics.urls")),
    path("", include("maillage.portal.urls")),
]

handler500 = "maillage.portal.views.errors.broken"

"""Addresses of the search for money: sources of funding, requests of a project."""

from django.urls import include, path

from maillage.core.imports.addresses import addresses
from maillage.projects.views import funding

urlpatterns = [
    path("projets/financement/", funding.sources, name="funding_sources"),
    path("projets/financement/nouvelle/", funding.source_new, name="funding_source_new"),
    path("projets/financement/", include(addresses("funding"))),
    path("projets/financement/<uuid:uid>/", funding.source, name="funding_source"),
    path("projets/financement/<uuid:uid>/modifier/", funding.source_edit, name="funding_source_edit"),
    path("projets/financement/demandes/<uuid:uid>/", funding.request_edit, name="funding_request"),
    path("projets/financement/demandes/<uuid:uid>/retirer/", funding.request_remove, name="funding_request_remove"),
    path("projets/<slug:slug>/financement/", funding.of_project, name="project_funding"),
    path("projets/<slug:slug>/financement/demander/", funding.request_new, name="funding_request_new"),
]

"""Addresses of démarches and of the communities that enter them."""

from django.urls import path

from maillage.projects.views import processes

ONE = "projets/demarches/<slug:slug>/"

urlpatterns = [
    path("projets/demarches/", processes.processes, name="processes"),
    path(ONE, processes.process, name="process"),
    path(f"{ONE}communautes/ajouter/", processes.community_new, name="community_new"),
    path(f"{ONE}communautes/<int:pk>/", processes.community, name="community"),
    path(f"{ONE}communautes/<int:pk>/retirer/", processes.community_remove, name="community_remove"),
]

"""Addresses of projects: the list, a project, its public sheet."""

from django.urls import path

from maillage.projects.views import projects

urlpatterns = [
    path("projets/", projects.projects, name="projects"),
    path("projets/<slug:slug>/", projects.project, name="project"),
]

"""Addresses of projects: the list, a project, its people, its stages, its public sheet."""

from django.urls import path

from maillage.projects.views import (
    projects,
    projects_forms,
    projects_life,
    projects_sheet,
    projects_team,
    redated_steps,
)

urlpatterns = [
    path("projets/", projects.projects, name="projects"),
    path("projets/liste.csv", projects.projects_file, name="projects_file"),
    path("projets/nouveau/", projects_forms.project_new, name="project_new"),
    path("projets/<slug:slug>/", projects.project, name="project"),
    path("projets/<slug:slug>/modifier/", projects_forms.project_edit, name="project_edit"),
    path("projets/<slug:slug>/historique/", projects_life.project_history, name="project_history"),
    path("projets/<slug:slug>/retirer/", projects_life.project_remove, name="project_remove"),
    path("projets/<slug:slug>/equipe/", projects_team.project_team, name="project_team"),
    path("projets/<slug:slug>/equipe/personnes/", projects_team.project_people, name="project_people"),
    path("projets/<slug:slug>/equipe/partenaires/", projects_team.project_partners, name="project_partners"),
    path("projets/<slug:slug>/equipe/partenaires/<int:pk>/", projects_team.project_partner, name="project_partner"),
    path("projets/<slug:slug>/besoins/", projects_team.project_needs, name="project_needs"),
    path("projets/<slug:slug>/parcours/<int:pk>/", redated_steps.stage_day, name="stage_day"),
    path("projets/<slug:slug>/etape/<slug:code>/", projects_team.project_stage, name="project_stage"),
    path("projets/<slug:slug>/publier/", projects_team.project_show, name="project_show"),
    path("projets/<slug:slug>/fiche/", projects_sheet.sheet, name="sheet"),
    path("groupes/<slug:slug>/projets/", projects.group_projects, name="group_projects"),
]

"""Addresses of activities: the list, one of them, its sessions and its participants."""

from django.urls import path

from maillage.projects.views import activities, sessions

urlpatterns = [
    path("projets/activites/", activities.activities, name="activities"),
    path("projets/activites/fichier/", activities.activities_file, name="activities_file"),
    path("projets/activites/nouvelle/", activities.activity_new, name="activity_new"),
    path("projets/activites/<uuid:uid>/", activities.activity, name="activity"),
    path("projets/activites/<uuid:uid>/modifier/", activities.activity_edit, name="activity_edit"),
    path("projets/activites/<uuid:uid>/retirer/", activities.activity_remove, name="activity_remove"),
    path("projets/activites/<uuid:uid>/participants/", activities.participants, name="activity_participants"),
    path("projets/activites/<uuid:uid>/seances/nouvelle/", sessions.session_new, name="session_new"),
    path("projets/activites/<uuid:uid>/seances/<int:pk>/", sessions.session, name="session"),
    path("projets/activites/<uuid:uid>/seances/<int:pk>/retirer/", sessions.session_remove, name="session_remove"),
    path("projets/<slug:slug>/activites/", activities.of_project, name="project_activities"),
]

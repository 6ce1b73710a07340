"""Addresses of twinning."""

from django.urls import path

from maillage.projects.views import roads, twinning

urlpatterns = [
    path("projets/jumelages/", twinning.twinnings, name="twinnings"),
    path("projets/jumelages/nouveau/", twinning.twinning_new, name="twinning_new"),
    path("projets/jumelages/trajets/", roads.roads, name="roads"),
    path("projets/jumelages/<uuid:uid>/", twinning.twinning, name="twinning"),
    path("projets/jumelages/<uuid:uid>/modifier/", twinning.twinning_edit, name="twinning_edit"),
    path("projets/jumelages/<uuid:uid>/milieux/", twinning.twinning_sites, name="twinning_sites"),
    path("projets/jumelages/<uuid:uid>/proposer/", twinning.twinning_propose, name="twinning_propose"),
    path("projets/jumelages/<uuid:uid>/garder/", twinning.twinning_keep, name="twinning_keep"),
    path("projets/jumelages/<uuid:uid>/retirer/", twinning.twinning_remove, name="twinning_remove"),
]

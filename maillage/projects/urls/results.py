"""Addresses of results."""

from django.urls import path

from maillage.projects.views import results

urlpatterns = [
    path("projets/resultats/", results.home, name="results_home"),
    path("projets/resultats/<slug:slug>/", results.of_program, name="program_results"),
    path("projets/resultats/<slug:slug>/fichier/", results.file, name="program_results_file"),
    path("projets/retombees/<uuid:uid>/", results.result_edit, name="result_edit"),
    path("projets/retombees/<uuid:uid>/retirer/", results.result_remove, name="result_remove"),
    path("projets/retombees/<uuid:uid>/preuves/", results.proof_add, name="proof_add"),
    path("projets/retombees/<uuid:uid>/preuves/<int:pk>/retirer/", results.proof_drop, name="proof_drop"),
    path("projets/<slug:slug>/resultats/", results.results, name="results"),
    path("projets/<slug:slug>/resultats/nouvelle/", results.result_new, name="result_new"),
]

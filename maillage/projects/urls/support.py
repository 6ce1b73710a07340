"""Addresses of support: measures, calls, applications of groups."""

from django.urls import path

from maillage.projects.views import application_budget, applications, funds, paper_applications, redated_steps

urlpatterns = [
    path("projets/soutien/", funds.funds, name="funds"),
    path("projets/soutien/nouvelle/", funds.fund_new, name="fund_new"),
    path("projets/soutien/appels/<uuid:uid>/", funds.call, name="call"),
    path("projets/soutien/appels/<uuid:uid>/modifier/", funds.call_edit, name="call_edit"),
    path("projets/soutien/appels/<uuid:uid>/retirer/", funds.call_remove, name="call_remove"),
    path("projets/soutien/criteres/<int:pk>/retirer/", funds.criterion_retire, name="criterion_retire"),
    path("projets/soutien/demandes/", applications.applications, name="applications"),
    path("projets/soutien/demandes/demandes.csv", applications.applications_file, name="applications_file"),
    path("projets/soutien/demandes/nouvelle/", applications.application_new, name="application_new"),
    path("projets/soutien/demandes/<uuid:uid>/", applications.application, name="application"),
    path("projets/soutien/demandes/<uuid:uid>/textes/", applications.application_words, name="application_words"),
    path(
        "projets/soutien/demandes/<uuid:uid>/budget/", application_budget.application_budget, name="application_budget"
    ),
    path("projets/soutien/demandes/<uuid:uid>/budget/totaux/", application_budget.budget_totals, name="budget_totals"),
    path("projets/soutien/demandes/<uuid:uid>/deposer/", applications.application_submit, name="application_submit"),
    path(
        "projets/soutien/demandes/<uuid:uid>/retirer/", applications.application_withdraw, name="application_withdraw"
    ),
    path("projets/soutien/demandes/<uuid:uid>/preciser/", applications.application_return, name="application_return"),
    path("projets/soutien/demandes/<uuid:uid>/etapes/<int:pk>/", redated_steps.passage_day, name="passage_day"),
    path("projets/soutien/demandes/<uuid:uid>/remettre/", applications.application_review, name="application_review"),
    path("projets/soutien/<slug:slug>/", funds.fund, name="fund"),
    path("projets/soutien/<slug:slug>/modifier/", funds.fund_edit, name="fund_edit"),
    path("projets/soutien/<slug:slug>/criteres/", funds.criterion_add, name="criterion_add"),
    path(
        "projets/soutien/<slug:slug>/demandes/papier/", paper_applications.application_record, name="application_record"
    ),
    path("projets/soutien/<slug:slug>/appels/nouveau/", funds.call_new, name="call_new"),
    path("projets/<slug:slug>/soutien/", applications.project_applications, name="project_applications"),
]

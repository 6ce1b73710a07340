"""Addresses of grants: the committee of a fund, decisions, letters, payments, final reports, what the fund gave."""

from django.urls import path

from maillage.projects.views import committee, final_reports, grants, outcomes

_ONE = "projets/soutien/demandes/<uuid:uid>/"

urlpatterns = [
    path(f"{_ONE}comite/", committee.committee, name="committee"),
    path(f"{_ONE}comite/conflit/", committee.conflict_declare, name="conflict_declare"),
    path(f"{_ONE}comite/conflit/reprendre/", committee.conflict_take_back, name="conflict_take_back"),
    path(f"{_ONE}comite/notes/", committee.scores, name="scores"),
    path(f"{_ONE}comite/decision/", committee.grant_decide, name="grant_decide"),
    path(f"{_ONE}accord/", grants.grant, name="grant"),
    path(f"{_ONE}accord/lettre.pdf", grants.grant_letter, name="grant_letter"),
    path(f"{_ONE}accord/signature/", grants.grant_sign, name="grant_sign"),
    path(f"{_ONE}accord/versements/", grants.payment_add, name="payment_add"),
    path(f"{_ONE}accord/avenants/", grants.amendment_add, name="amendment_add"),
    path("projets/soutien/versements/<uuid:uid>/annuler/", grants.payment_cancel, name="payment_cancel"),
    path(f"{_ONE}rapport/", final_reports.final_report, name="final_report"),
    path(f"{_ONE}rapport/ecrire/", final_reports.final_report_edit, name="final_report_edit"),
    path(f"{_ONE}rapport/accepter/", final_reports.report_accept, name="report_accept"),
    path(f"{_ONE}rapport/redemander/", final_reports.report_again, name="report_again"),
    path("projets/soutien/<slug:slug>/comite/", committee.fund_committee, name="fund_committee"),
    path("projets/soutien/<slug:slug>/bilan/", outcomes.fund_outcome, name="fund_outcome"),
    path("projets/soutien/<slug:slug>/bilan.<str:format>", outcomes.fund_outcome_file, name="fund_outcome_file"),
]

"""Addresses of minutes, decisions and follow-ups."""

from django.urls import path

from maillage.concertation.views import decisions, follow_ups, minutes, minutes_files, minutes_texts

MEETING = "groupes/rencontres/<uuid:uid>"

urlpatterns = [
    path("groupes/suivis/", follow_ups.my_follow_ups, name="my_follow_ups"),
    path("groupes/suivis/<uuid:uid>/", follow_ups.follow_up, name="follow_up"),
    path("groupes/suivis/<uuid:uid>/suite/", follow_ups.follow_up_mark, name="follow_up_mark"),
    path("groupes/suivis/<uuid:uid>/retirer/", follow_ups.follow_up_remove, name="follow_up_remove"),
    path("groupes/decisions/<uuid:uid>/", decisions.decision_edit, name="decision"),
    path("groupes/decisions/<uuid:uid>/retirer/", decisions.decision_remove, name="decision_remove"),
    path(f"{MEETING}/proces-verbal/", minutes.minutes, name="minutes"),
    path(f"{MEETING}/proces-verbal/texte/", minutes_texts.minutes_note, name="minutes_note"),
    path(f"{MEETING}/proces-verbal/nouvelles/", minutes_texts.minutes_news, name="minutes_news"),
    path(f"{MEETING}/proces-verbal/versions/<uuid:version>/", minutes_texts.version_settle, name="version_settle"),
    path(f"{MEETING}/proces-verbal/etat/", minutes.minutes_turn, name="minutes_turn"),
    path(f"{MEETING}/proces-verbal/amendements/", minutes.amendment_new, name="amendment_new"),
    path(f"{MEETING}/proces-verbal/amendements/<uuid:amendment>/", minutes.amendment_answer, name="amendment_answer"),
    path(f"{MEETING}/proces-verbal/decisions/", decisions.decision_add, name="decision_add"),
    path(f"{MEETING}/proces-verbal/suivis/", follow_ups.follow_up_add, name="follow_up_add"),
    path(f"{MEETING}/proces-verbal.pdf", minutes_files.minutes_pdf, name="minutes_pdf"),
    path(f"{MEETING}/proces-verbal.docx", minutes_files.minutes_docx, name="minutes_docx"),
    path(f"{MEETING}/compte-rendu/", minutes.minutes_public, name="minutes_public"),
    path("groupes/<slug:slug>/decisions/", decisions.decisions, name="decisions"),
    path("groupes/<slug:slug>/decisions.csv", decisions.decisions_file, name="decisions_file"),
    path("groupes/<slug:slug>/decisions/inscrire/", decisions.decision_new, name="decision_new"),
    path("groupes/<slug:slug>/suivis/", follow_ups.follow_ups, name="follow_ups"),
    path("groupes/<slug:slug>/suivis.csv", follow_ups.follow_ups_file, name="follow_ups_file"),
    path("groupes/<slug:slug>/suivis/inscrire/", follow_ups.follow_up_new, name="follow_up_new"),
]

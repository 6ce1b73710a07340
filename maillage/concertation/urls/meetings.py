"""Addresses of meetings, their agendas, polls and documents."""

from django.urls import path

from maillage.concertation.views import agenda, documents, invitations, meeting_states, meetings, polls

_ONE = "groupes/rencontres/<uuid:uid>/"
_AGENDA, _POLL = f"{_ONE}ordre-du-jour/", f"{_ONE}sondage/"

urlpatterns = [
    path("groupes/rencontres/sondage/<str:token>/", polls.link, name="poll_link"),
    path("groupes/rencontres/documents/<uuid:uid>/", documents.document, name="document"),
    path("groupes/rencontres/documents/<uuid:uid>/retirer/", documents.remove, name="document_remove"),
    path(_ONE, meetings.meeting, name="meeting"),
    path(f"{_ONE}modifier/", meetings.edit, name="meeting_edit"),
    path(f"{_ONE}inviter/", invitations.invitations, name="meeting_invite"),
    path(f"{_ONE}tenue/", meeting_states.held, name="meeting_held"),
    path(f"{_ONE}annuler/", meeting_states.cancel, name="meeting_cancel"),
    path(f"{_ONE}remettre/", meeting_states.restore, name="meeting_restore"),
    path(f"{_ONE}historique/", meetings.history, name="meeting_history"),
    path(f"{_ONE}documents/", documents.meeting_documents, name="meeting_documents"),
    path(_AGENDA, agenda.agenda, name="agenda"),
    path(f"{_AGENDA}proposer/", agenda.propose, name="agenda_propose"),
    path(f"{_AGENDA}reprendre/", agenda.carry, name="agenda_carry"),
    path(f"{_AGENDA}propositions/<uuid:proposal>/", agenda.answer, name="agenda_answer"),
    path(f"{_AGENDA}<uuid:item>/", agenda.item, name="agenda_item"),
    path(f"{_AGENDA}changer/", agenda.change, name="agenda_change"),
    path(_POLL, polls.poll, name="poll"),
    path(f"{_POLL}proposer/", polls.add, name="poll_add"),
    path(f"{_POLL}choisir/", polls.act, name="poll_act"),
    path("groupes/<slug:slug>/rencontres/", meetings.meetings, name="meetings"),
    path("groupes/<slug:slug>/rencontres/nouvelle/", meetings.new, name="meeting_new"),
    path("groupes/<slug:slug>/documents/", documents.documents, name="documents"),
]

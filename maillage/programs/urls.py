from django.urls import path

from .views import invitations, partners, people, programs, sites, vocabularies

app_name = "programs"
urlpatterns = [
    path("", programs.listing, name="list"),
    path("nouveau/", programs.new, name="new"),
    path("choisir/", programs.switch, name="switch"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("<slug:slug>/", programs.program, name="program"),
    path("<slug:slug>/modifier/", programs.edit, name="edit"),
    path("<slug:slug>/edition-suivante/", programs.next_edition, name="next_edition"),
    path("<slug:slug>/partenaires/", partners.partners, name="partners"),
    path("<slug:slug>/partenaires/<int:pk>/", partners.partner, name="partner"),
    path("<slug:slug>/milieux/", sites.sites, name="sites"),
    path("<slug:slug>/heures/", sites.hours, name="hours"),
    path("<slug:slug>/equipe/", people.people, name="people"),
    path("<slug:slug>/equipe/inviter/", people.invite, name="invite"),
    path("<slug:slug>/equipe/ajouter/", people.add, name="member_new"),
    path("<slug:slug>/equipe/invitations/<int:pk>/", people.invitation_action, name="invitation_action"),
    path("<slug:slug>/equipe/<int:pk>/", people.member, name="member"),
    path("<slug:slug>/equipe/<int:pk>/acces/", people.member_action, name="member_action"),
    path("<slug:slug>/vocabulaires/", vocabularies.index, name="vocabularies"),
    path("<slug:slug>/vocabulaires/<slug:kind>/", vocabularies.vocabulary, name="vocabulary"),
    path("<slug:slug>/vocabulaires/<slug:kind>/ajouter/", vocabularies.add, name="term_new"),
    path("<slug:slug>/vocabulaires/<slug:kind>/<int:pk>/", vocabularies.term, name="term"),
]

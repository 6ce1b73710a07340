from django.urls import include, path

from .views import invitations, partners, people, programs, register, sites, territories, vocabularies

app_name = "programs"
pages = [
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
# The map is at an address of its own: only this floor knows which sites a programme serves.
region = [
    path("", territories.territories, name="territories"),
    path("limites.geojson", territories.limits, name="limits"),
    path("milieux.geojson", territories.points, name="points"),
    path("milieux/nouveau/", register.new, name="site_new"),
    path("milieux/<uuid:uid>/", territories.site, name="site"),
    path("milieux/<uuid:uid>/modifier/", register.edit, name="site_edit"),
]
urlpatterns = [path("programmes/", include(pages)), path("territoires/", include(region))]

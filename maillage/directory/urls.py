from django.urls import path

from maillage.core.imports.addresses import addresses

from .views import (
    duplicates,
    editing,
    freshness,
    maps,
    organizations,
    people,
    saved_searches,
    search,
    services,
    tenant_bodies,
)

app_name = "directory"
urlpatterns = [
    path("", search.search, name="search"),
    path("lieux/", search.places, name="places"),
    path("points/", maps.points, name="points"),
    path("limites/", maps.limits, name="limits"),
    path("recherches/", saved_searches.saved_searches, name="saved_searches"),
    path("recherches/<uuid:uid>/oublier/", saved_searches.forget, name="forget_search"),
    path("organisations/", organizations.listing, name="list"),
    path("services/nouveau/", editing.new, name="service_new"),
    path("services/<uuid:uid>/", services.service, name="service"),
    path("services/<uuid:uid>/modifier/", editing.edit, name="service_edit"),
    path("services/<uuid:uid>/historique/", editing.history, name="service_history"),
    path("services/<uuid:uid>/imprimer/", services.printed, name="service_print"),
    path("services/<uuid:uid>/toujours-exact/", freshness.confirm, name="service_confirm"),
    path("toujours-exact/<str:signed>/", freshness.still_exact, name="still_exact"),
    path("a-verifier/", freshness.listing, name="to_check"),
    path("doublons/", duplicates.listing, name="pairs"),
    path("doublons/<int:pk>/", duplicates.decide, name="pair"),
    path("services/<uuid:uid>/defaire-la-fusion/", duplicates.part, name="service_part"),
    path("personnes/", people.listing, name="people"),
    path("personnes/nouvelle/", people.new, name="person_new"),
    path("personnes/<uuid:uid>/", people.edit, name="person"),
    path("nouvelle/", organizations.new, name="new"),
    path("<uuid:uid>/", organizations.organization, name="organization"),
    path("<uuid:uid>/modifier/", organizations.edit, name="edit"),
    path("<uuid:uid>/succession/", organizations.succession, name="succession"),
    path("instances/nouvelle/", tenant_bodies.new, name="tenant_body_new"),
    path("instances/<int:pk>/", tenant_bodies.tenant_body, name="tenant_body"),
    path("instances/<int:pk>/modifier/", tenant_bodies.edit, name="tenant_body_edit"),
    *addresses("directory"),
]

"""Addresses of needs."""

from django.urls import path

from maillage.concertation.views import need_evidence, need_public, need_reading, needs, prioritizing, raised_needs

urlpatterns = [
    path("groupes/besoins/<uuid:uid>/", needs.need, name="need"),
    path("groupes/besoins/<uuid:uid>/modifier/", needs.need_edit, name="need_edit"),
    path("groupes/besoins/<uuid:uid>/suite/", needs.need_move, name="need_move"),
    path("groupes/besoins/<uuid:uid>/appui/", needs.need_support, name="need_support"),
    path("groupes/besoins/<uuid:uid>/public/", needs.need_show, name="need_show"),
    path("groupes/besoins/<uuid:uid>/preuves/", need_evidence.evidence_add, name="need_evidence"),
    path(
        "groupes/besoins/<uuid:uid>/preuves/<int:pk>/retirer/", need_evidence.evidence_drop, name="need_evidence_drop"
    ),
    path("groupes/<slug:slug>/besoins/", needs.needs, name="needs"),
    path("groupes/<slug:slug>/besoins/nommer/", needs.need_new, name="need_new"),
    path("groupes/<slug:slug>/besoins/a-lire/", need_reading.needs_to_read, name="needs_to_read"),
    path("groupes/<slug:slug>/besoins/portes/", raised_needs.raised, name="raised"),
    path("groupes/<slug:slug>/besoins/portes/<uuid:uid>/", raised_needs.raised_take, name="raised_take"),
    path("groupes/<slug:slug>/besoins/priorites/", prioritizing.prioritizations, name="prioritizations"),
    path("groupes/priorisations/<uuid:uid>/", prioritizing.prioritization, name="prioritization"),
    path("groupes/priorisations/<uuid:uid>/fermer/", prioritizing.prioritization_close, name="prioritization_close"),
    path("groupes/<slug:slug>/besoins/affiche/", need_reading.need_poster, name="need_poster"),
    path("groupes/besoins/<uuid:uid>/lecture/", need_reading.need_read, name="need_read"),
    path("n/suivre/", need_public.need_code, name="need_code"),
    path("n/<slug:slug>/", need_public.need_public, name="need_public"),
    path("n/<slug:slug>/<uuid:uid>/aussi/", need_public.need_too, name="need_too"),
]

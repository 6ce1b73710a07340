"""Addresses of vigilance."""

from django.urls import path

from maillage.projects.views import vigilance

urlpatterns = [
    path("projets/vigilance/", vigilance.schemes, name="schemes"),
    path("projets/vigilance/nouveau/", vigilance.scheme_new, name="scheme_new"),
    path("projets/vigilance/<uuid:uid>/", vigilance.scheme, name="scheme"),
    path("projets/vigilance/<uuid:uid>/modifier/", vigilance.scheme_edit, name="scheme_edit"),
    path("projets/vigilance/<uuid:uid>/arreter/", vigilance.scheme_end, name="scheme_end"),
    path("projets/vigilance/<uuid:uid>/compte/", vigilance.scheme_count, name="scheme_count"),
    path("projets/vigilance/<uuid:uid>/compte/<int:pk>/retirer/", vigilance.count_remove, name="scheme_count_remove"),
    path("projets/vigilance/<uuid:uid>/alertes/nouvelle/", vigilance.alert_new, name="alert_new"),
    path("projets/vigilance/alertes/<uuid:uid>/", vigilance.alert, name="alert"),
    path("projets/vigilance/alertes/<uuid:uid>/retirer/", vigilance.alert_remove, name="alert_remove"),
]

"""The addresses of the product."""

from django.urls import include, path

urlpatterns = [
    path("compte/", include("maillage.accounts.urls")),
    path("", include("maillage.portal.urls")),
]

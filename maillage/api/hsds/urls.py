"""Addresses of the HSDS API, under `/api/hsds`: those of the specification, without a slash at the end."""

from django.urls import URLPattern, path, re_path

from . import views
from .lists import COLLECTIONS

urlpatterns: list[URLPattern] = [
    path("", views.about, name="hsds"),
    path("openapi.json", views.document, name="hsds-openapi"),
    path("profil/", views.profile, name="hsds-profile"),
    *(path(name, views.listing, {"name": name}, name=f"hsds-{name}") for name in COLLECTIONS),
    *(
        re_path(rf"^{name}/(?P<id>[^/]{{1,60}})$", views.one, {"name": name}, name=f"hsds-{name}-one")
        for name in COLLECTIONS
    ),
]

"""Addresses of the API. Whoever has no session is answered 401 by the endpoint itself, never sent to the sign-in page."""

from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path

from . import pulling, pushing, views
from .hsds.views import about
from .openapi import make_api

api = make_api()
api.add_router("", pushing.router)
api.add_router("", pulling.router)

app_name = "api"
_ours = {"openapi-json", "api-root"}
endpoints = [pattern for pattern in api.urls[0] if pattern.name not in _ours]
for pattern in endpoints:
    login_not_required(pattern.callback)

urlpatterns = [
    path("", views.home, name="api-root"),
    path("openapi.json", login_not_required(partial(views.document, api=api)), name="openapi-json"),
    *endpoints,
    path("hsds", about),
    path("hsds/", include("maillage.api.hsds.urls")),
    re_path(r"^sync/v(?P<version>[0-9]{1,9})(?:/(?P<rest>.*))?$", views.other_version, name="other-version"),
    re_path(r"^(?P<rest>.+)$", views.nothing, name="nothing"),
]

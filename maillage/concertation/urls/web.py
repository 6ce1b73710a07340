"""Addresses of the web of organizations. They stand before those of a group, whose address they would be."""

from django.urls import path, re_path

from maillage.concertation.views import web

urlpatterns = [
    path("groupes/toile/", web.web, name="web"),
    re_path(r"^groupes/toile/(?P<name>[a-z]+)\.csv$", web.table, name="web_table"),
    re_path(r"^groupes/toile/toile\.(?P<form>svg|png)$", web.picture, name="web_picture"),
]

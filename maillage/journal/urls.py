"""Addresses of the journal."""

from django.urls import path

from maillage.core.imports.addresses import addresses

from .views import listing, record, writing

app_name = "journal"
urlpatterns = [
    path("", listing.journal, name="list"),
    path("export/", listing.export, name="export"),
    path("nouvelle/", writing.new, name="new"),
    path("organisations/", record.organizations, name="organizations"),
    *addresses("journal"),
    path("<uuid:uid>/", record.entry, name="entry"),
    path("<uuid:uid>/inscrite/", record.saved, name="saved"),
    path("<uuid:uid>/corriger/", writing.edit, name="edit"),
    path("<uuid:uid>/supprimer/", record.delete, name="delete"),
    path("<uuid:uid>/supprimee/", record.deleted, name="deleted"),
    path("<uuid:uid>/retablir/", record.restore, name="restore"),
]

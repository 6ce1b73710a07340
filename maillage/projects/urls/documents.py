"""Addresses of documents and photos."""

from django.urls import path

from maillage.projects.views import documents, photos

urlpatterns = [
    path("projets/documents/<uuid:uid>/", documents.document, name="document"),
    path("projets/documents/<uuid:uid>/retirer/", documents.remove, name="document_remove"),
    path("projets/photos/<uuid:uid>/", photos.photo, name="photo"),
    path("projets/photos/<uuid:uid>/image/", photos.image, name="photo_image"),
    path("projets/photos/<uuid:uid>/consentement/", photos.withdraw, name="photo_withdraw"),
    path("projets/<slug:slug>/documents/", documents.documents, name="documents"),
    path("projets/<slug:slug>/photos/", photos.photos, name="photos"),
    path("projets/<slug:slug>/photos/ajouter/", photos.photo_new, name="photo_new"),
]

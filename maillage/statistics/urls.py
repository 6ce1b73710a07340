from django.urls import path

from .views import listing, portrait

app_name = "statistics"
urlpatterns = [
    path("", listing.index, name="index"),
    path("graphiques/<slug:language>-<slug:digest>.json", portrait.specifications, name="charts"),
    path("<slug:slug>/", portrait.portrait, name="portrait"),
    path("<slug:slug>/carte.json", portrait.places, name="map"),
]

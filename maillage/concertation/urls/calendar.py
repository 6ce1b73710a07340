"""Addresses of calendars, of what follows them, and of the import of a file."""

from django.urls import path

from maillage.concertation.views import calendar_feeds, calendar_imports, calendars

urlpatterns = [
    path("calendrier/", calendars.calendar, name="calendar"),
    path("groupes/<slug:slug>/calendrier/importer/", calendar_imports.calendar_import, name="calendar_import"),
    path("calendrier/points.geojson", calendars.calendar_points, name="calendar_points"),
    path("calendrier/public.ics", calendar_feeds.public_feed, name="public_feed"),
    path("calendrier/abonnements/", calendar_feeds.feeds, name="feeds"),
    path("calendrier/abonnements/<int:pk>/fermer/", calendar_feeds.feed_close, name="feed_close"),
    path("calendrier/prive/<str:secret>/groupes.ics", calendar_feeds.private_feed, name="private_feed"),
    path("calendrier/territoire/<int:pk>/", calendars.calendar_territory, name="calendar_territory"),
    path(
        "calendrier/territoire/<int:pk>/points.geojson",
        calendars.calendar_territory_points,
        name="calendar_territory_points",
    ),
    path("calendrier/territoire/<int:pk>/public.ics", calendar_feeds.territory_feed, name="territory_feed"),
]

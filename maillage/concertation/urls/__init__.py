"""Addresses of concertation, one file a subject."""

from .attendance import urlpatterns as attendance
from .calendar import urlpatterns as calendar
from .community import urlpatterns as community
from .groups import urlpatterns as groups
from .joining import urlpatterns as joining
from .meetings import urlpatterns as meetings
from .minutes import urlpatterns as minutes
from .needs import urlpatterns as needs
from .web import urlpatterns as web

app_name = "concertation"
# A group's address takes any word: those of the others come first.
urlpatterns = [*meetings, *attendance, *minutes, *needs, *community, *calendar, *web, *joining, *groups]

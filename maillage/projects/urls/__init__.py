"""Addresses of projects, one file a subject."""

from .activities import urlpatterns as activities
from .communities import urlpatterns as communities
from .documents import urlpatterns as documents
from .funding import urlpatterns as funding
from .grants import urlpatterns as grants
from .plans import urlpatterns as plans
from .projects import urlpatterns as projects
from .results import urlpatterns as results
from .reviews import urlpatterns as reviews
from .support import urlpatterns as support
from .twinning import urlpatterns as twinning
from .vigilance import urlpatterns as vigilance

app_name = "projects"
# A project's address takes any word: those of the others come first.
urlpatterns = [
    *plans,
    *reviews,
    *communities,
    *support,
    *grants,
    *activities,
    *funding,
    *results,
    *twinning,
    *vigilance,
    *documents,
    *projects,
]

"""The WSGI application that the production server runs."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.config.settings")
application = get_wsgi_application()

# Views are imported before the first request rather than by it: a process that listens is ready.
_ = get_resolver().url_patterns

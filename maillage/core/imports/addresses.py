"""The addresses of the import pages of a section."""

from django.urls import URLPattern, path

from . import views


def addresses(section: str) -> list[URLPattern]:
    """`importer/` and `importer/<uid>/`, named `import` and `import_job`, to stand in an app's own `urls.py`."""
    return [
        path("importer/", views.start, {"section": section}, name="import"),
        path("importer/<uuid:uid>/", views.job, {"section": section}, name="import_job"),
    ]

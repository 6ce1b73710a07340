"""Settings of the tests: the product's own, with a data folder of their own, and strict where it can be."""

import os
import tempfile

os.environ["MAILLAGE_HOME"] = tempfile.mkdtemp(prefix="maillage-tests-")

from maillage.config.settings import *  # noqa: F403
from maillage.config.settings import HOME, TEMPLATES

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ACCOUNT_RATE_LIMITS: dict[str, str] = {}


class Undefined(str):
    """Printing a variable that nobody gave to a template is a mistake."""

    __slots__ = ()

    def __mod__(self, name: object) -> str:
        raise AssertionError(f"undefined template variable: {name}")


TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Undefined("%s")
(HOME / "static").mkdir(exist_ok=True)

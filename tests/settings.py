"""Settings of the tests: the product's own, with a data folder of their own, and strict where it can be."""

import os
import tempfile

os.environ["MAILLAGE_HOME"] = tempfile.mkdtemp(prefix="maillage-tests-")

from maillage.config.settings import *  # noqa: F403
from maillage.config.settings import TEMPLATES

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ACCOUNT_RATE_LIMITS: dict[str, str] = {}
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = ""

"""Where things are and which applications make the product."""

import os
from pathlib import Path

from . import secrets_file

PACKAGE = Path(__file__).resolve().parents[2]
HOME = Path(os.environ.get("MAILLAGE_HOME") or PACKAGE.parent / "var").resolve()
HOME.mkdir(mode=0o700, parents=True, exist_ok=True)

DEBUG = os.environ.get("MAILLAGE_DEBUG", "") == "1"
SECRET_KEY = os.environ.get("MAILLAGE_SECRET_KEY") or secrets_file.read_or_make(HOME / "secret_key")
# From it are drawn the keys of protected figures: another one gives other figures for the same facts.
DISCLOSURE_KEY = os.environ.get("MAILLAGE_DISCLOSURE_KEY") or secrets_file.read_or_make(HOME / "disclosure_key")
# Opens what phones sealed before they sent it: without it, what waits on them can never be read again.
SEALING_KEYS = HOME / "sealing_keys"
ALLOWED_HOSTS = os.environ.get("MAILLAGE_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("MAILLAGE_ORIGINS", "").split(",") if o]
# Where the product is reached, for links in messages that no request carries.
_here = f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
PUBLIC_ADDRESS = os.environ.get("MAILLAGE_ADDRESS") or next(iter(CSRF_TRUSTED_ORIGINS), _here)

# Days without anybody saying that a sheet of the directory is exact, after which its organization is asked.
DIRECTORY_STALE_DAYS = int(os.environ.get("MAILLAGE_STALE_DAYS") or 180)

# Apps stand in the order of their floors, the highest first: templates of a higher floor win.
INSTALLED_APPS = [
    "maillage.portal",
    "maillage.api",
    "maillage.reports",
    "maillage.statistics",
    "maillage.projects",
    "maillage.concertation",
    "maillage.journal",
    "maillage.programs",
    "maillage.directory",
    "maillage.accounts",
    "maillage.territories",
    "maillage.core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
]

MIDDLEWARE = [
    "maillage.core.access_log.AccessLogMiddleware",
    "maillage.api.middleware.ApiMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "maillage.core.middleware.SecurityHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "maillage.accounts.middleware.LanguageMiddleware",
    "maillage.accounts.middleware.SessionEndedMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "maillage.core.middleware.StorageTroubleMiddleware",
    "maillage.core.middleware.NoNullMiddleware",
]

ROOT_URLCONF = "maillage.config.urls"
WSGI_APPLICATION = "maillage.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "maillage.core.context.frame",
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "maillage.core.templatetags.typography",
                "maillage.core.templatetags.frame",
            ],
        },
    }
]

COTTON_ISOLATE_BY_DEFAULT = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = HOME / "files"

# What is done after an answer is given waits in the database for a worker (`maillage serve` starts one), or is done at
# once where two processes cannot share the database.
_tasks = "django_tasks.backends.immediate.ImmediateBackend" if os.environ.get("MAILLAGE_TASKS") == "immediate" else None
TASKS = {"default": {"BACKEND": _tasks or "django_tasks_db.DatabaseBackend"}}

# Without a mail server, messages are written as files: the demonstration sends nothing to anybody.
EMAIL_HOST = os.environ.get("MAILLAGE_EMAIL_HOST", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = HOME / "mail"
EMAIL_PORT = int(os.environ.get("MAILLAGE_EMAIL_PORT") or 587)
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_HOST_USER = os.environ.get("MAILLAGE_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("MAILLAGE_EMAIL_PASSWORD", "")
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = os.environ.get("MAILLAGE_EMAIL_FROM", "Maillage <nepasrepondre@maillage.invalid>")
# The address that servers send back to what they cannot deliver; `maillage mail bounces` reads its mailbox.
EMAIL_BOUNCES = os.environ.get("MAILLAGE_EMAIL_BOUNCES", "")

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_TEMP_DIR = None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

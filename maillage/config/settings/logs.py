"""What is written when something goes wrong. A report holds the trace of the code, never what a person typed."""

from .base import HOME

LOG_ROOT = HOME / "logs"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
            "()": "maillage.core.log_secrets.TraceFormatter",
        }
    },
    "filters": {"hide_secrets": {"()": "maillage.core.log_secrets.HideSecrets"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["hide_secrets"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # Django's own handlers would e-mail the settings and the typed content to administrators: none of that.
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}

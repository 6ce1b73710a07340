"""French first: language, formats and time."""

from .base import PACKAGE

LANGUAGE_CODE = "fr-ca"
LANGUAGES = [("fr-ca", "Français"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "core" / "locale"]
USE_I18N = True
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = ["maillage.core.formats"]
TIME_ZONE = "America/Toronto"
USE_TZ = True

from maillage.core.formats.fr.formats import *  # noqa: F403

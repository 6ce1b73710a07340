"""Settings, one module a topic. What an operator may set comes from the environment (docs/reference/settings.md)."""

from maillage.core import sqlite

sqlite.install()

from .base import *  # noqa: E402, F403
from .database import *  # noqa: E402, F403
from .engine import *  # noqa: E402, F403
from .identity import *  # noqa: E402, F403
from .language import *  # noqa: E402, F403
from .logs import *  # noqa: E402, F403
from .security import *  # noqa: E402, F403

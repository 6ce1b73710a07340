"""What the topics of messages are called: each app says the words of its own (a registry: the kernel knows no app)."""

from collections.abc import Callable, Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = Callable[[Iterable[str]], Mapping[str, str | Promise]]

# What declines every message that may be declined.
EVERYTHING = "*"
OTHERS = _("Autres messages")

_speakers: dict[str, Words] = {}


def speak(prefix: str, words: Words) -> None:
    """Give the words of the topics that start with `prefix`: `words(topics)` is `{topic: words}`, in one query at most."""
    _speakers[prefix] = words


def words_of(topics: Iterable[str]) -> dict[str, str]:
    """`{topic: words}` for `topics`, in their order; what nobody speaks of (a group that is gone) has words too."""
    wanted = list(topics)
    said: dict[str, str | Promise] = {}
    for prefix, words in _speakers.items():
        mine = [topic for topic in wanted if topic.startswith(prefix)]
        if mine:
            said |= words(mine)
    return {topic: str(said.get(topic, OTHERS)) for topic in wanted}

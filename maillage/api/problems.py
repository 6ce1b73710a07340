"""Answers in error: JSON with a code that does not change and a sentence in French for the person."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _


class Problem(Exception):
    """An answer in error. `more` stands beside the code and the sentence; `retry_after` is in seconds."""

    def __init__(self, status: int, error: str, sentence: str, *, retry_after: int | None = None, **more: Any) -> None:
        super().__init__(error)
        self.status, self.error, self.sentence = status, error, sentence
        self.retry_after, self.more = retry_after, more

    def response(self) -> HttpResponse:
        """The answer."""
        return problem(self.status, self.error, self.sentence, retry_after=self.retry_after, **self.more)


def problem(status: int, error: str, sentence: str, *, retry_after: int | None = None, **more: Any) -> HttpResponse:
    """An answer in error."""
    response = JsonResponse(
        {"error": error, "sentence": sentence, **more}, status=status, json_dumps_params={"ensure_ascii": False}
    )
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Session realm="maillage"'
    return response


def answer_problem(request: HttpRequest, raised: Problem) -> HttpResponse:
    """What the API answers when an endpoint raises a `Problem`."""
    return raised.response()


def usual(status: int) -> tuple[str, str]:
    """Code and sentence of a status that the framework or a middleware chose."""
    said = {
        400: ("bad_request", _("La demande ne peut pas être lue.")),
        403: ("forbidden", _("Cette demande n'est pas permise.")),
        404: ("not_found", _("Rien ne se trouve à cette adresse.")),
        405: ("method", _("Cette adresse ne répond pas à cette méthode.")),
        503: ("storage", _("L'enregistrement ne se fait pas en ce moment. Rien n'est perdu : l'envoi sera refait.")),
    }
    return said.get(status, ("broken", _("Le serveur a rencontré une erreur. Rien n'est perdu : l'envoi sera refait.")))

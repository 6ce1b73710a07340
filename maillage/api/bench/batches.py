"""Entries as workers type them, and the requests that bring them: made before anything is timed."""

import json
import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory
from django.utils import timezone

from maillage.accounts.models import User
from maillage.core.errors import Refused
from maillage.journal.sync.pen import Pen
from maillage.journal.sync.protocol import Operation
from maillage.programs.models import Program, Term
from maillage.territories.models import HousingSite

OPS, MAILBOX = "/api/sync/v1/ops", "/api/sync/v1/mailbox"
REFERRED = 0.3  # of the entries bear a referral
HELLO = ("Rencontre au salon communautaire", "Visite à la porte", "Échange dans le hall d'entrée", "Appel de retour")
ABOUT = (
    "à propos d'un avis d'augmentation de loyer",
    "après une semaine difficile",
    "pour préparer une demande d'aide alimentaire",
    "au sujet du bruit dans les corridors",
    "sur les démarches à faire avant le déménagement",
    "pour remplir un formulaire du gouvernement",
)
THEN = (
    "on convient de se revoir la semaine prochaine",
    "la personne repart rassurée avec les coordonnées utiles",
    "une référence est proposée et acceptée",
    "le comité en parlera à sa prochaine réunion",
    "il faudra relancer l'office d'habitation",
)


@dataclass(frozen=True, slots=True)
class Way:
    """How a batch is sent: by which address, sealed or open."""

    name: str
    address: str
    sealed: bool


WAYS = (Way("session, scellé", OPS, True), Way("session, ouvert", OPS, False), Way("boîte, scellé", MAILBOX, True))


class Typist:
    """Somebody who types entries of `program`; the same `seed` types the same."""

    def __init__(self, program: Program, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 (nothing is secret here)
        self.sites = [str(uid) for uid in _sites(program)]
        self.codes: dict[str, list[str]] = {}
        terms = Term.objects.filter(frame=program.frame_id).order_by("position", "id")
        for vocabulary, code in terms.values_list("vocabulary", "code"):
            self.codes.setdefault(vocabulary, []).append(code)
        self.today = timezone.localdate().isoformat()

    def content(self) -> dict[str, Any]:
        """The content of a creation: three themes, a note of a sentence, sometimes a referral."""
        draw = self.random
        fields: dict[str, Any] = {
            "date": self.today,
            "nature": "individual",
            "site": draw.choice(self.sites),
            "persons": str(draw.randint(1, 3)),
            "minutes": draw.choice(["15", "30", "45", "60"]),
            "contact_place": draw.choice(self.codes["contact_place"]),
            "action": draw.sample(self.codes["action"], 2),
            "group": draw.sample(self.codes["group"], 1),
            "theme": draw.sample(self.codes["theme"], 3),
            "note": f"{draw.choice(HELLO)} {draw.choice(ABOUT)} ; {draw.choice(THEN)}.",
        }
        if draw.random() < REFERRED:
            fields["ref-0-destination"] = draw.choice(self.codes["destination"])
            fields["ref-0-need"] = draw.choice(self.codes["need"])
            fields["ref-0-persons"] = "1"
        return {"fields": fields, "acknowledged": False}


def _sites(program: Program) -> Any:
    return HousingSite.objects.filter(program_sites__program=program).order_by("id").values_list("uid", flat=True)


def write(pen: Pen, typist: Typist, program: str, size: int) -> list[Operation]:
    """`size` new entries of a device, numbered, sealed and signed."""
    made = timezone.localtime()
    return [pen.write("create", uuid4(), program, typist.content(), made) for _ in range(size)]


def body(pen: Pen, operations: Sequence[Operation], life: str) -> bytes:
    """The batch as it is sent."""
    ops = [asdict(operation) | {"op": str(operation.op), "entry": str(operation.entry)} for operation in operations]
    report = {"clock": timezone.now().isoformat(), "waiting": 0, "oldest": 0, "persisted": True, "app": "mesure"}
    return json.dumps({"device": str(pen.device), "epoch": life, "report": report, "ops": ops}).encode()


def sign_in(person: User) -> dict[str, str]:
    """Headers of a session of `person`, with the token that whatever writes must show."""
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    request = RequestFactory().get("/")
    get_token(request)
    secret = request.META["CSRF_COOKIE"]
    cookies = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
    cookies[settings.CSRF_COOKIE_NAME] = secret
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()), "X-CSRFToken": secret}


class Requests:
    """The application as a server calls it, in this process."""

    def __init__(self) -> None:
        self.application = WSGIHandler()
        self.factory = RequestFactory(SERVER_NAME="127.0.0.1")

    def prepare(self, address: str, data: bytes, headers: dict[str, str]) -> dict[str, Any]:
        """A request, to be sent once."""
        asked = self.factory.generic("POST", address, data, content_type="application/json", headers=headers)
        return {**asked.environ, "wsgi.input": BytesIO(data)}

    def send(self, environ: dict[str, Any]) -> bytes:
        """What the application answers. `Refused` unless it is 200."""
        told: list[str] = []
        answer = self.application(environ, lambda status, headers, *more: told.append(status))
        try:
            content = b"".join(answer)
        finally:
            answer.close()
        if not told[0].startswith("200"):
            raise Refused(f"{told[0]} : {content[:300].decode(errors='replace')}")
        return content


def require_applied(content: bytes, size: int) -> None:
    """`Refused` unless every operation of the batch was written."""
    statuses = [result["status"] for result in json.loads(content)["results"]]
    if statuses != ["applied"] * size:
        raise Refused(content[:500].decode())

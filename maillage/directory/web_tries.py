"""Tries an address of the web, or the domain of an e-mail, without ever speaking to a machine of the inside.

Only http and https on their own ports, only hosts whose every address is public; the connection goes to the address that
was checked (a name that changes meanwhile changes nothing); three redirections, each checked the same; nothing is read
but the answer's first lines.
"""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.utils.translation import gettext as _

SECONDS = 8.0
REDIRECTIONS = 3
AGENT = "Maillage/1.0 (verification d'adresses)"
ALIVE = {401, 403, 405, 406, 429, 999}  # it answers, though not to a machine
Lookup = Callable[..., Any]


class Outcome(StrEnum):
    """What came of a try; `UNKNOWN_HOST` or `UNDECIDED` is what every try gives where there is no network."""

    ANSWERS = "answers"
    BROKEN = "broken"
    UNKNOWN_HOST = "unknown_host"
    NOT_TRIED = "not_tried"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a try, and why in a sentence."""

    outcome: Outcome
    reason: str = ""


class _Checked(http.client.HTTPConnection):
    """A connection to an address that was checked, whatever the name says by then."""

    def __init__(self, host: str, address: str, port: int, is_tls: bool) -> None:
        super().__init__(host, port, timeout=SECONDS)
        self._address, self._is_tls = address, is_tls

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._is_tls:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


def try_website(address: str, lookup: Lookup = socket.getaddrinfo) -> Tried:
    """Ask for the page of `address`; an error of the server, a page that is not there or no answer is a trouble."""
    for _turn in range(REDIRECTIONS + 1):
        try:
            parts = urlsplit(address)
            host, port = parts.hostname or "", parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
        except ValueError:
            return Tried(Outcome.BROKEN, _("Ce n'est pas une adresse web."))
        if parts.scheme not in ("http", "https") or not host or port not in (80, 443):
            return Tried(Outcome.NOT_TRIED, _("Seules les adresses http et https, à leur port habituel, s'essaient."))
        found = public_address(host, port, lookup)
        if isinstance(found, Tried):
            return found
        path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        answer = _ask(host, found, port, parts.scheme == "https", path)
        if isinstance(answer, Tried):
            return answer
        address = urljoin(address, answer)
    return Tried(Outcome.BROKEN, _("L'adresse renvoie sans fin à une autre."))


def public_address(host: str, port: int, lookup: Lookup = socket.getaddrinfo) -> "str | Tried":
    """An address of `host`, when all of its addresses are public."""
    try:
        rows = lookup(host, port, type=socket.SOCK_STREAM)
    except UnicodeError:
        return Tried(Outcome.BROKEN, _("Ce n'est pas une adresse web."))
    except OSError as error:
        return _unknown(error, _("Aucun serveur ne porte ce nom."))
    addresses = [str(row[4][0]) for row in rows]
    for one in addresses:
        if not is_public(one):
            return Tried(Outcome.NOT_TRIED, _("Cette adresse mène à un réseau privé : elle ne s'essaie pas."))
    return addresses[0] if addresses else Tried(Outcome.UNKNOWN_HOST, _("Aucun serveur ne porte ce nom."))


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public network, also when it is written inside an IPv6 one."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    if getattr(found, "teredo", None):
        return False
    if found in ipaddress.ip_network("64:ff9b::/96"):
        return False
    return (found.is_global and not found.is_multicast) and (inner is None or inner.is_global)


def try_email(address: str, lookup: Lookup = socket.getaddrinfo) -> Tried:
    """Whether the domain of an e-mail exists at all: no message leaves."""
    domain = address.rpartition("@")[2]
    try:
        lookup(domain, None)
    except UnicodeError:
        return Tried(Outcome.BROKEN, _("Ce n'est pas un courriel."))
    except OSError as error:
        if error.errno != getattr(socket, "EAI_NODATA", None):  # such a name exists, and may take mail
            return _unknown(error, _("Le domaine de ce courriel n'existe pas."))
    return Tried(Outcome.ANSWERS)


def _unknown(error: OSError, sentence: str) -> Tried:
    """A name that nobody bears, unless it is the network that could not be asked."""
    if error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", None)):
        return Tried(Outcome.UNKNOWN_HOST, sentence)
    return Tried(Outcome.UNDECIDED)


def _ask(host: str, address: str, port: int, is_tls: bool, path: str) -> "str | Tried":
    """Ask for a page; the address to which it sends on, or what came of it."""
    link = _Checked(host, address, port, is_tls)
    try:
        link.request("GET", path, headers={"User-Agent": AGENT, "Accept": "*/*", "Connection": "close"})
        answer = link.getresponse()
        sent_on = answer.getheader("Location") if 300 <= answer.status < 400 else None
        if sent_on:
            return sent_on
        if answer.status < 400 or answer.status in ALIVE:
            return Tried(Outcome.ANSWERS)
        return Tried(Outcome.BROKEN, _("Le serveur répond {status}.").format(status=answer.status))
    except TimeoutError:
        return Tried(Outcome.BROKEN, _("Le serveur ne répond pas à temps."))
    except ssl.SSLError:
        return Tried(Outcome.BROKEN, _("Le certificat de l'adresse n'est pas valable."))
    except (OSError, http.client.HTTPException, UnicodeError, ValueError):
        return Tried(Outcome.BROKEN, _("Le serveur ne répond pas."))
    finally:
        link.close()

"""The OpenAPI document: what django-ninja draws from the endpoints, with the requests and errors that it cannot see."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import REF_TEMPLATE, OpenAPISchema
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from maillage import __version__

from .problems import Problem, answer_problem
from .schemas import BatchIn, Content, DeviceIn, ProblemOut

DESCRIPTION = (
    "What other systems speak with Maillage. « Journal hors ligne v1 » is how a device that was without network gives its "
    "entries to the journal: the whole of it stands in `docs/reference/sync-protocol.md`. No HTTP status ever deletes an "
    "operation on a device: only a result for that very operation acknowledges it."
)
# What each status means, wherever it is answered; the codes are those of `error`.
ERRORS = {
    400: "`unreadable`: not UTF-8, not JSON, nested beyond measure, or without what the batch needs. `bad_request`: the address.",
    401: "`signed_out`: no session.",
    403: "`csrf`: the token of the session is missing. `forbidden`: the person may not do it.",
    404: "`unknown_device`: no such device of this person. Enrol it again with the same key.",
    409: "`epoch`: the server was restored; `epoch` is the one to take.",
    411: "`length`: no Content-Length.",
    413: "`too_large`, `too_many`: halve the batch.",
    415: "`not_json`: the body must be `application/json`, uncompressed.",
    426: "`upgrade`: another version of the protocol is asked for.",
    429: "`busy`: too many devices at once. `suspicious`: too many batches whose signatures do not hold.",
    503: "`storage`: the database or the disk does not answer.",
}
WAITING = {
    "Retry-After": {
        "description": "Seconds before the same operations are sent again.",
        "schema": {"type": "integer", "minimum": 1},
    }
}


def errors(*statuses: int, **meanings: str) -> dict[str, Any]:
    """The part of an operation that tells its answers in error. `meanings` says another thing of a status (`_409="…"`)."""
    return {
        "responses": {
            status: {
                "description": meanings.get(f"_{status}", ERRORS[status]),
                **({"headers": WAITING} if status in (429, 503) else {}),
            }
            for status in statuses
        }
    }


# What a request in a session also shows, whenever it writes.
TOKEN = {
    "parameters": [
        {
            "in": "header",
            "name": "X-CSRFToken",
            "required": True,
            "schema": {"type": "string"},
            "description": "The value of the cookie `csrftoken`.",
        }
    ]
}


def answers(success: type[BaseModel], *statuses: int) -> dict[int, type[BaseModel]]:
    """The answers of an operation: its shape when it succeeds, the shape of errors for `statuses`."""
    return {200: success, **dict.fromkeys(statuses, ProblemOut)}


def body(model: type[BaseModel], example: Any) -> dict[str, Any]:
    """The part of an operation that tells what is sent."""
    content = {"schema": {"$ref": REF_TEMPLATE.format(model=model.__name__)}, "example": example}
    return {"requestBody": {"required": True, "content": {"application/json": content}}}


class DescribedAPI(NinjaAPI):
    """An API whose document also holds the shapes that are read by hand."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """The document."""
        document = super().get_openapi_schema(**options)
        _, shapes = models_json_schema(
            [(model, "validation") for model in (DeviceIn, BatchIn, Content)], ref_template=REF_TEMPLATE
        )
        document["components"]["schemas"].update(shapes["$defs"])
        return document


def make_api() -> DescribedAPI:
    """The API, still without endpoints."""
    api = DescribedAPI(
        title="Maillage",
        version=__version__,
        description=DESCRIPTION,
        docs_url=None,
        urls_namespace="api",
        openapi_extra={
            "info": {"license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"}},
            "tags": [{"name": "sync", "description": "Journal hors ligne v1"}],
        },
    )
    api.add_exception_handler(Problem, answer_problem)
    return api

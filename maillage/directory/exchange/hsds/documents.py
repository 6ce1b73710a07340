"""The services and organizations that a JSON document holds, in whatever nesting."""

from collections.abc import Iterator, Mapping
from typing import Any


def objects_in(content: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The services and organizations that a JSON document holds: one, a list, a page of the API, or nested ones."""
    if isinstance(content, Mapping) and isinstance(content.get("contents"), list):
        content = content["contents"]
    if isinstance(content, list):
        for one in content:
            yield from objects_in(one)
    elif isinstance(content, Mapping):
        named = [name for name in ("services", "organizations") if isinstance(content.get(name), list)]
        is_one = "name" in content or "id" in content
        for name in named if not is_one else ():
            for one in content[name]:
                yield from objects_in(one)
        if is_one:
            yield from _object(content, named)


def _object(content: Mapping[str, Any], named: list[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    telling = (
        "organization",
        "organization_id",
        "status",
        "service_at_locations",
        "eligibility_description",
        "fees_description",
    )
    if "services" in named:
        head = {name: value for name, value in content.items() if name != "services"}
        for one in content["services"]:
            if isinstance(one, Mapping):
                yield "service", {**one, "organization": one.get("organization") or head}
        if not content["services"]:
            yield "organization", head
    elif any(name in content for name in telling):
        yield "service", content
    else:
        yield "organization", content

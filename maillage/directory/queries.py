"""Reads of this context."""

from maillage.core.tabular.heading import key
from maillage.core.text import stems

from .models import Organization, OrganizationSuccession


def organization_search(name: str, short_name: str = "") -> str:
    """The text by which an organization is searched."""
    return stems(f"{name} {short_name}")[:600]


class OrganizationBook:
    """All organizations, found by external number or folded name, a merged one by its successor; read once."""

    def __init__(self) -> None:
        self.by_id: dict[int, Organization] = {o.pk: o for o in Organization.objects.order_by("pk")}
        self._by_number = {o.external_id: o for o in self.by_id.values() if o.external_id}
        self._by_name: dict[str, Organization] = {}
        for organization in self.by_id.values():
            for name in (organization.name, organization.short_name):
                if name:
                    self._by_name.setdefault(key(name), organization)
        links = OrganizationSuccession.objects.order_by("on", "pk").values_list("predecessor_id", "successor_id")
        self._next = dict(links)

    def find(self, name: str = "", number: str = "") -> Organization | None:
        """The organization that bears this number, else this name."""
        return (self._by_number.get(number) if number else None) or (self._by_name.get(key(name)) if name else None)

    def heir(self, organization: Organization) -> Organization:
        """The organization that took it up, at any distance; itself when nobody did."""
        seen = {organization.pk}
        while (following := self._next.get(organization.pk)) and following not in seen:
            organization = self.by_id[following]
            seen.add(following)
        return organization

"""What the pages of the field tell their script: who writes here, in which programmes, and what opens their vault."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from maillage.journal.queries import team_programs
from maillage.journal.sync.vault_secret import vault_secret
from maillage.programs.models import Program


def field_data(request: HttpRequest) -> dict[str, Any]:
    """For a signed-in person: their number and name, the secret of their vault, and the forms to keep for later."""
    user = request.user
    programs = Program.objects.filter(pk__in=team_programs(request)).order_by("-start", "id").only("slug", "name")
    form, directory = reverse("journal:field_form"), reverse("journal:field_directory")
    return {
        "person": str(user.pk),
        "label": user.full_name,
        "secret": vault_secret(user),
        "programs": [
            {
                "slug": p.slug,
                "name": p.name,
                "form": f"{form}?programme={p.slug}",
                "directory": f"{directory}?programme={p.slug}",
            }
            for p in programs
        ],
    }

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgramsConfig(AppConfig):
    name = "maillage.programs"
    label = "programs"
    verbose_name = "Programmes"

    def ready(self) -> None:
        """Take a place in the menu and the top bar, and let coordinators keep the register of sites."""
        from maillage.core import imports, navigation, slots
        from maillage.territories.permissions import admit, show_sites

        from .imports import SiteImporter
        from .queries import coordinates_somewhere, current_program, memberships_of, switch_choices
        from .region import sites_of_organization, sites_visible_to

        admit(coordinates_somewhere)
        show_sites(sites_visible_to)
        slots.fill("organization", "programs/organization_sites.html", sites_of_organization)
        imports.register(SiteImporter())
        navigation.register(
            navigation.Item(_("Programmes"), "programs:list", "collection", "connaitre", 40),
            navigation.Item(_("Territoires"), "programs:territories", "map", "connaitre", 20),
        )

        def choices(request):
            if not request.user.is_authenticated or not switch_choices(request):
                return None
            return {"programs": switch_choices(request), "current": current_program(request)}

        slots.fill("topbar", "programs/switch.html", choices, order=10)
        slots.fill(
            "profile", "programs/memberships.html", lambda request: {"memberships": memberships_of(request.user)}
        )

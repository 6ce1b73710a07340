from .bulk import OrganizationDraft, save_organizations, set_owners
from .duplicates import decide_pair, find_pairs, merge_services, part_services
from .exchanges import mark_gone, note_import, save_source, write_terms
from .freshness import answer_link, chase_stale, confirm_service
from .indexing import index_services, index_what_changed, rebuild_index
from .organization_sheets import write_organizations
from .organizations import save_organization, succeed
from .owners import set_owner
from .people import save_person
from .refused import SheetConflict, SheetsRefused
from .saved_searches import forget_search, keep_search
from .seats import link_account, person_of
from .sheets import save_service, write_sheets
from .taxonomies import load_taxonomies
from .tenant_bodies import save_tenant_body
from .tried_addresses import try_addresses

__all__ = [
    "OrganizationDraft",
    "SheetConflict",
    "SheetsRefused",
    "answer_link",
    "chase_stale",
    "confirm_service",
    "decide_pair",
    "find_pairs",
    "forget_search",
    "index_services",
    "index_what_changed",
    "keep_search",
    "link_account",
    "load_taxonomies",
    "mark_gone",
    "merge_services",
    "note_import",
    "part_services",
    "person_of",
    "rebuild_index",
    "save_organization",
    "save_organizations",
    "save_person",
    "save_service",
    "save_source",
    "save_tenant_body",
    "set_owner",
    "set_owners",
    "succeed",
    "try_addresses",
    "write_organizations",
    "write_sheets",
    "write_terms",
]

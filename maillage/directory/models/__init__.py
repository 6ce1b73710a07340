from .exchanged import Source
from .index import SearchGram, SearchPosting, SearchSheet, SearchShelf, SearchWord
from .location import Accessibility, Location, ServiceLocation
from .organization import Organization, OrganizationIdentifier, OrganizationSuccession
from .ownership import SiteOwnership
from .person import Affiliation, Person
from .reach import Contact, Phone, Schedule, SpokenLanguage
from .service import CostOption, RequiredDocument, Service, ServiceArea, ServiceTerm
from .taxonomy import Taxonomy, TaxonomyTerm, TermMatch
from .tenant_body import TenantBody
from .upkeep import SavedSearch, ServicePair, SheetTrouble

__all__ = [
    "Accessibility",
    "Affiliation",
    "Contact",
    "CostOption",
    "Location",
    "Organization",
    "OrganizationIdentifier",
    "OrganizationSuccession",
    "Person",
    "Phone",
    "RequiredDocument",
    "SavedSearch",
    "Schedule",
    "SearchGram",
    "SearchPosting",
    "SearchSheet",
    "SearchShelf",
    "SearchWord",
    "Service",
    "ServiceArea",
    "ServiceLocation",
    "ServicePair",
    "ServiceTerm",
    "SheetTrouble",
    "SiteOwnership",
    "Source",
    "SpokenLanguage",
    "Taxonomy",
    "TaxonomyTerm",
    "TenantBody",
    "TermMatch",
]

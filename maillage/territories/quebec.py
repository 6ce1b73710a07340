"""Codes and names of Québec's divisions, as public files write them."""

import re

from maillage.core.tabular.heading import key

from .enums import Level

REGIONS = {
    "01": "Bas-Saint-Laurent",
    "02": "Saguenay–Lac-Saint-Jean",
    "03": "Capitale-Nationale",
    "04": "Mauricie",
    "05": "Estrie",
    "06": "Montréal",
    "07": "Outaouais",
    "08": "Abitibi-Témiscamingue",
    "09": "Côte-Nord",
    "10": "Nord-du-Québec",
    "11": "Gaspésie–Îles-de-la-Madeleine",
    "12": "Chaudière-Appalaches",
    "13": "Laval",
    "14": "Lanaudière",
    "15": "Laurentides",
    "16": "Montérégie",
    "17": "Centre-du-Québec",
}
_BY_NAME = {key(name): code for code, name in REGIONS.items()}
_LEVEL_WORDS = {
    "arrondissement": Level.BOROUGH,
    "borough": Level.BOROUGH,
    "mrc": Level.MRC,
    "municipalite regionale de comte": Level.MRC,
    "territoire equivalent": Level.MRC,
    "te": Level.MRC,
    "mrc ou equivalent": Level.MRC,
    "division de recensement": Level.MRC,
    "census division": Level.MRC,
    "cdr": Level.MRC,
    "region": Level.REGION,
    "region administrative": Level.REGION,
    "region sociosanitaire": Level.HEALTH_REGION,
    "rss": Level.HEALTH_REGION,
    "health region": Level.HEALTH_REGION,
    "csd": Level.MUNICIPALITY,
    "sdr": Level.MUNICIPALITY,
    "ville liee": Level.MUNICIPALITY,
    "communaute locale": Level.COMMUNITY,
    "communaute": Level.COMMUNITY,
    "quartier": Level.COMMUNITY,
    "centre de services scolaire": Level.SCHOOL_SERVICE,
    "commission scolaire": Level.SCHOOL_SERVICE,
    "css": Level.SCHOOL_SERVICE,
    "francophone": Level.SCHOOL_SERVICE,
    "anglophone": Level.SCHOOL_SERVICE,
}
# Designations of municipalities, abbreviated and in full, as the ministry and Statistics Canada write them.
_MUNICIPAL = {
    "m", "me", "mé", "v", "p", "pe", "vl", "ct", "cu", "no", "nl", "ri", "vn", "vc", "vk", "tc", "ti", "tk", "s-é", "gr",
    "municipalite", "ville", "paroisse", "village", "canton", "cantons unis", "territoire non organise",
    "reserve indienne", "village nordique", "village cri", "village naskapi", "gouvernement regional", "cite", "municipality",
    "city", "town",
}  # fmt: skip
_SUFFIX = re.compile(r"^(.*\S)\s*\(([^()]{1,12})\)$")
_PREFIX = re.compile(r"^(?:MRC|TE|TÉ)\s+(?:de la |de l'|du |des |de |d')?(?=\S)", re.I)


def level_of_word(word: str) -> Level | None:
    """The level that a word of a « niveau » or « désignation » column names."""
    plain = key(word)
    if plain in _LEVEL_WORDS:
        return _LEVEL_WORDS[plain]
    for level in Level:
        if plain in (key(level.value), key(str(level.label))):
            return level
    return Level.MUNICIPALITY if plain in _MUNICIPAL or word.casefold() in _MUNICIPAL else None


def level_of_code(code: str, title: str = "") -> Level | None:
    """The level that the shape of a code tells, or the title of its column."""
    words = set(key(title).split())
    if re.fullmatch(r"REM\d\d", code, re.I):
        return Level.BOROUGH
    if re.fullmatch(r"24\d{5}|\d{5}", code):
        return Level.MUNICIPALITY
    if re.fullmatch(r"8\d{5}", code):
        return Level.SCHOOL_SERVICE
    if words & {"hrid", "hruid", "rss", "sociosanitaire"}:
        return Level.HEALTH_REGION
    if words & {"region", "reg", "regadm", "administrative"}:
        return Level.REGION
    if re.fullmatch(r"24\d\d", code) or words & {"mrc", "cduid", "cdcode"}:
        return Level.MRC
    return None


def plain_code(level: str, raw: str) -> str:
    """A code without what census files add before it: 2417 is the MRC 17, 2417005 the municipality 17005."""
    code = raw.strip()
    digits = code.isdecimal()
    if level == Level.MRC and digits:
        if len(code) == 4 and code.startswith("24"):
            return code[2:]
        # The ministry writes MRC 46 as 460.
        return code[:2] if len(code) == 3 and code.endswith("0") else code.zfill(2)
    if level == Level.MUNICIPALITY and digits:
        return code[2:] if len(code) == 7 and code.startswith("24") else code.zfill(5)
    if level in (Level.REGION, Level.HEALTH_REGION) and digits:
        return code[2:] if len(code) == 4 and code.startswith("24") else code.zfill(2)
    return code.upper() if level == Level.BOROUGH else code


def region_code(name: str) -> str:
    """The code of an administrative region by its name, or ""."""
    return _BY_NAME.get(re.sub(r"^region (?:du |de la |de l |des |de )?", "", key(name)), "")


def split_name(text: str) -> tuple[str, str]:
    """« Percé (V) » → name and what stands between parentheses; « MRC Brome-Missisquoi (460) » loses its prefix."""
    found = _SUFFIX.match(text)
    name, rest = (found.group(1), found.group(2)) if found else (text, "")
    return _PREFIX.sub("", name).strip(), rest.strip()

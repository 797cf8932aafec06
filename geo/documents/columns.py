"""The features by name, in column order, each with what it says; `document_weights.toml` says how much each counts."""

from __future__ import annotations

ALONE: dict[str, str] = {
    "known": "the gazetteer has a place of this name (against none of them)",
    "name_main": "the text is the place's main name",
    "name_alternate": "... one of its other names",
    "name_romanised": "... a romanisation of one of its names",
    "name_stem": "... its name without county, province, oblast",
    "name_code": "... a code or abbreviation",
    "name_demonym": "... its people or adjective",
    "name_variant": "... another usual romanisation",
    "name_part": "... holds the place's name and more words",
    "name_similar": "... only similar: a typing error, perhaps",
    "name_other": "... known in another way",
    "other_called_so": "... not its main name, while it is a homonym's",
    "missing_part": "share of the text that the name leaves out, or that differs",
    "same_letters": "the main name letter for letter, accents and capitals included; or in the place's own script",
    "capitals": "a short text all in capitals, but no code of the place",
    "small_code": "a code not written in capitals",
    "log_population": "decimal logarithm of the population, at least 300",
    "area_population": "the same, for a country, region or district",
    "no_population": "the population is not known",
    "behind_largest": "decimal logarithm of the largest homonym's population less its own",
    "largest": "no homonym is more populous",
    "log_names": "binary logarithm of the number of names",
    "names_behind": "the best known homonym's log_names less its own",
    "log_homonyms": "binary logarithm of the number of places of this name",
    "kind_country": "a country",
    "kind_continent": "a continent or part of one",
    "kind_adm1": "a first-level division",
    "kind_adm2": "a lower division",
    "kind_feature": "a region, island, water",
    "kind_unpeopled": "a region, island or water whose population is not known",
    "kind_section": "a section of a town",
    "capital": "the capital of a country that is not called so too",
    "capital_apart": "the same, far from the first-level division that is called so too (“Washington”)",
    "type_agrees": "county, province, city beside the name agrees with the place",
    "type_differs": "... differs from it",
}
"""What can be said of a candidate without its document."""

TOGETHER: dict[str, str] = {
    "country_share": "share of the other names' evidence that lies in its country",
    "country_votes": "natural logarithm of 1 + that evidence",
    "country_first": "its country has most of the evidence",
    "country_nearby": "share of the evidence, the names close in the text counting more",
    "country_named": "its country is named",
    "admin1_share": "share of the other names' evidence that lies in its first-level division",
    "admin1_votes": "natural logarithm of 1 + that evidence",
    "admin1_nearby": "share of the evidence, the names close in the text counting more",
    "admin1_named": "its first-level division is named",
    "admin2_named": "a district, county or island that it lies in is named",
    "within_50_km": "share of the other names that lie within 50 km",
    "within_161_km": "share of the other names that lie within 161 km",
    "within_161_km_nearby": "the same, the names close in the text counting more",
    "near_namesake": "within_50_km, for a place with a larger namesake that is far from all other names",
    "near_not_country": "the same, where that namesake is another country, which no other name speaks of",
    "nearest_30_km": "closeness of the nearest other name (falls to 1/e at 30 km)",
    "nearest_300_km": "closeness of the nearest other name (falls to 1/e at 300 km)",
    "inside_next": "lies in the place named right after it (“X, Y”, “X (Y)”)",
    "outside_next": "does not lie in that place, while a homonym does",
    "inside_phrase": "lies in the place named beside it in other words (“X in Y”, “Y's X”)",
    "outside_phrase": "does not lie in that place, while a homonym does",
    "holds_previous": "holds the place named right before it (“Y, X”)",
    "holds_not_previous": "does not hold that place, while a homonym does",
    "longer_name": "close to a place whose longer name in the text begins or ends with this one",
    "title_share": "share of the well-known places in the title that lie in its country",
    "title_admin1_share": "share of them that lie in its first-level division",
    "source_country": "the source's address ends with its country's code",
    "lone_population": "log_population where the document has no other evidence",
    "focus": "is no place of this name but the one that the document is about",
    "focus_without_name": "the same, where no place of this name is known",
    "focus_share": "the same, times the share of the other names within 161 km of it",
    "focus_part": "the same, where only a part of the name is known",
}
"""What the document says about it; the evidence is that of the pass before."""

GIVEN: dict[str, str] = {
    "listed_alike": "share of the names in one list with it that are such a division of its country, or countries too",
    "outside_state": "outside the state that stands right after it as newspapers shorten it (“Lebanon, Ky.”)",
    "outside_region": "outside the region named right after it, where no place of the name lies (“X district of Y”)",
    "given_country": "in the country given",
    "given_elsewhere": "not in the country given",
    "given_near": "closeness to the position given (falls to 1/e at 100 km)",
    "source_near": "closeness to the source's own area, while the document does not point elsewhere",
    "confirmed": "a person decided so for this name before",
}
"""What somebody knows besides, or what the corpora hold too little of; not learned, set by hand."""

COLUMNS: tuple[str, ...] = (*ALONE, *TOGETHER, *GIVEN)
AT: dict[str, int] = {name: index for index, name in enumerate(COLUMNS)}
DESCRIPTIONS: dict[str, str] = {**ALONE, **TOGETHER, **GIVEN}

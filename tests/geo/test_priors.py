"""What is known beforehand leans; what the text says weighs more; a person's decision stands."""

import pytest

import geo
from geo.priors import Priors, decision_key

DONETSK, LUHANSK = "geonames:712589", "geonames:712588"


def best(found: geo.Resolution) -> str:
    return found.candidates[0].id


def test_a_decision_for_the_same_words_in_the_same_context_stands(gazetteer: geo.Gazetteer) -> None:
    words = ("Bilohorivka", ["Donetsk Oblast"], "Ukraine")
    priors = Priors(confirmed={decision_key(*words): LUHANSK})
    found = gazetteer.resolve(words[0], within=words[1], country=words[2], priors=priors)
    assert (found.status, best(found)) == ("auto", LUHANSK)
    assert any("a person decided so" in reason for reason in found.candidates[0].reasons)


def test_a_decision_for_a_bare_name_only_leans_in_another_context(gazetteer: geo.Gazetteer) -> None:
    priors = Priors(confirmed={decision_key("Bilohorivka"): DONETSK})
    assert best(gazetteer.resolve("Bilohorivka", country="UA", priors=priors)) == DONETSK
    assert best(gazetteer.resolve("Bilohorivka, Luhansk Oblast", priors=priors)) == LUHANSK


def test_a_decision_gives_a_place_to_words_that_are_no_name_of_it(gazetteer: geo.Gazetteer) -> None:
    priors = Priors(confirmed={decision_key("the old brickworks"): DONETSK})
    found = gazetteer.resolve("the old brickworks", priors=priors)
    assert (found.status, best(found)) == ("auto", DONETSK)


def test_a_decision_for_the_name_in_a_phrase_keeps_the_relation(gazetteer: geo.Gazetteer) -> None:
    priors = Priors(confirmed={decision_key("near Tarasivka"): "geonames:691877"})
    found = gazetteer.resolve("near Tarasivka", priors=priors)
    assert (found.status, found.relation, found.geo_precision) == ("auto", "near", "near")


@pytest.mark.parametrize("identifier", ["geonames:999999999999", "nonsense", ""])
def test_a_decision_for_a_place_that_is_not_here_changes_nothing(
    gazetteer: geo.Gazetteer, identifier: str
) -> None:
    found = gazetteer.resolve("Bakhmut", priors=Priors(confirmed={decision_key("Bakhmut"): identifier}))
    assert best(found) == best(gazetteer.resolve("Bakhmut"))


def test_a_country_of_interest_leans_until_the_text_names_another(gazetteer: geo.Gazetteer) -> None:
    leaning = Priors(country="United States")
    assert gazetteer.resolve("Odessa", priors=leaning).candidates[0].country == "US"
    assert gazetteer.resolve("Odessa, Ukraine", priors=leaning).candidates[0].country == "UA"


def test_a_region_of_interest_decides_between_homonyms(gazetteer: geo.Gazetteer) -> None:
    for near, expected in (((48.3, 37.5), "geonames:691877"), ((47.6, 37.6), "geonames:9529726")):
        found = gazetteer.resolve("Tarasivka", within=["Donetsk Oblast"], priors=Priors(near=near))
        assert best(found) == expected


def test_a_sources_own_area_counts_only_while_the_text_points_nowhere_else(gazetteer: geo.Gazetteer) -> None:
    midland = Priors(source_area=(32.0, -102.1))
    assert gazetteer.resolve("Odessa", priors=midland).candidates[0].admin1 == "Texas"
    assert gazetteer.resolve("Odessa", country="UA", priors=midland).candidates[0].country == "UA"
    assert gazetteer.resolve("Odessa, Ukraine", priors=midland).candidates[0].country == "UA"

"""Places all over the world as reports write them, on the default gazetteer: never a sure pin in another country."""

import pytest

import geo


@pytest.mark.parametrize(
    "place",
    [
        "Zike village in Bassa local government area of Plateau State",
        "Zike village in Plateau State",
        "Syke, Plateau State, Nigeria",
        "Palma, Cabo Delgado",
    ],
)
def test_a_village_that_is_not_listed_is_not_its_homonym_in_another_country(
    gazetteer: geo.Gazetteer, place: str
) -> None:
    assert gazetteer.resolve(place).status == "unresolved"


def test_what_lies_in_a_region_lies_in_its_country_though_that_is_not_named(gazetteer: geo.Gazetteer) -> None:
    found = gazetteer.resolve("Syke, Plateau State")
    assert found.status == "unresolved"
    assert "in DE, not in BJ or NG" in found.candidates[0].reasons


def test_a_region_that_is_not_known_leaves_no_place_sure(gazetteer: geo.Gazetteer) -> None:
    assert gazetteer.resolve("Myawaddy").status == "auto"
    found = gazetteer.resolve("Myawaddy, Qqqland")
    assert found.status == "ambiguous"
    assert any("Qqqland" in reason for reason in found.reasons)
    assert gazetteer.resolve("Myawaddy, Qqqland", country="MM").status == "auto"


def test_the_capital_of_a_country_lies_in_it(gazetteer: geo.Gazetteer) -> None:
    assert gazetteer.resolve("Kyiv, the capital of Ukraine").status == "auto"


@pytest.mark.parametrize("place", ["Valencia region", "Valencia region of Spain"])
def test_a_region_named_after_a_town_is_the_region(gazetteer: geo.Gazetteer, place: str) -> None:
    found = gazetteer.resolve(place)
    assert (found.status, found.geo_precision, found.candidates[0].name) == (
        "auto",
        "adm1",
        "Comunitat Valenciana",
    )


def test_the_land_around_a_town_stands_for_a_region_nobody_lists(gazetteer: geo.Gazetteer) -> None:
    found = gazetteer.resolve("Kazan region", country="RU")
    assert (found.geo_precision, found.radius_m) == ("near", 75_000)
    assert "no region called so is known; what lies around Kazan is meant" in found.reasons


def test_a_district_nobody_lists_is_its_town_before_a_district_of_a_similar_name(
    gazetteer: geo.Gazetteer,
) -> None:
    found = gazetteer.resolve("Jaranwala tehsil, Pakistan")
    assert (found.candidates[0].name, found.status) == ("Jaranwala", "ambiguous")


@pytest.mark.parametrize(
    ("place", "name", "precision"),
    [
        ("northern Kharkiv region", "Kharkiv Oblast", "adm1"),
        ("eastern Spain", "Spain", "country"),
        ("southern Lebanon", "Lebanon", "country"),
        ("North Macedonia", "North Macedonia", "country"),
        ("East Jerusalem", "East Jerusalem", "settlement"),
    ],
)
def test_part_of_a_region_is_answered_with_the_region(
    gazetteer: geo.Gazetteer, place: str, name: str, precision: str
) -> None:
    found = gazetteer.resolve(place)
    assert (found.status, found.candidates[0].name, found.geo_precision) == ("auto", name, precision)


def test_part_of_a_country_holds_a_place(gazetteer: geo.Gazetteer) -> None:
    found = gazetteer.resolve("Kobani, northern Syria")
    assert (found.status, found.candidates[0].country) == ("auto", "SY")


@pytest.mark.parametrize("place", ["West Qqq", "East Aleppo"])
def test_a_name_that_begins_with_west_may_be_a_town_of_its_own(gazetteer: geo.Gazetteer, place: str) -> None:
    assert gazetteer.resolve(place).status == "unresolved"


@pytest.mark.parametrize(
    ("place", "admin1"),
    [("Minneapolis, Minn.", "Minnesota"), ("Aurora, Colo.", "Colorado"), ("Lebanon, Tenn.", "Tennessee")],
)
def test_states_as_newspapers_shorten_them_hold_a_town(
    gazetteer: geo.Gazetteer, place: str, admin1: str
) -> None:
    found = gazetteer.resolve(place)
    assert (found.status, found.geo_precision, found.candidates[0].admin1) == ("auto", "settlement", admin1)


@pytest.mark.parametrize(
    ("place", "town"), [("Jabalia refugee camp", "Jabālyā"), ("Abu Shouk camp, El Fasher", "El Fasher")]
)
def test_the_town_of_a_camp_stands_in_for_it(gazetteer: geo.Gazetteer, place: str, town: str) -> None:
    found = gazetteer.resolve(place)
    assert (found.status, found.geo_precision, found.candidates[0].name) == ("auto", "near", town)


@pytest.mark.parametrize(
    ("place", "admin1"),
    [
        ("Xining", "Qinghai"),
        ("Lanzhou", "Gansu"),
        ("Marawi City", "Bangsamoro"),
        ("Lille", "Hauts-de-France"),
        ("Pokhara", "Gandaki Province"),
        ("Malakal", "Upper Nile"),
    ],
)
def test_a_town_is_told_to_lie_in_its_own_division(gazetteer: geo.Gazetteer, place: str, admin1: str) -> None:
    assert gazetteer.resolve(place).candidates[0].admin1 == admin1


def test_two_places_that_fit_alike_share_what_is_likely(gazetteer: geo.Gazetteer) -> None:
    found = gazetteer.resolve("Tarasivka, Donetsk Oblast")
    assert sum(candidate.probability for candidate in found.candidates) <= 1


@pytest.mark.parametrize(
    ("place", "within", "admin1"),
    [
        ("Нікополі", ["Дніпропетровської області"], "Dnipropetrovsk Oblast"),
        ("Нікополі Дніпропетровської області", [], "Dnipropetrovsk Oblast"),
        ("у Кривому Розі", [], "Dnipropetrovsk Oblast"),
        ("Харкові", [], "Kharkiv Oblast"),
    ],
)
def test_names_in_any_case_are_the_places_that_they_are_cases_of(
    gazetteer: geo.Gazetteer, place: str, within: list[str], admin1: str
) -> None:
    found = gazetteer.resolve(place, within=within)
    assert (found.status, found.candidates[0].admin1) == ("auto", admin1)


def test_a_name_in_another_case_is_not_surely_a_homonym_abroad(gazetteer: geo.Gazetteer) -> None:
    found = gazetteer.resolve("Нікополя")
    assert (found.status, found.candidates[0].country) == ("ambiguous", "UA")


@pytest.mark.parametrize(
    ("place", "country", "name"),
    [
        ("Hodeidah", "Yemen", "Al Ḩudaydah"),
        ("Deir al-Balah", "Palestine", "Dayr al Balaḩ"),
        ("Maarat al-Numan", "Syria", "Ma‘arrat an Nu‘mān"),
        ("Um Rawaba", "Sudan", "Umm Ruwaba"),
        ("Kfar Aza", "Israel", "Kfar ‘Azza"),
    ],
)
def test_arabic_and_hebrew_names_are_found_as_they_are_heard(
    gazetteer: geo.Gazetteer, place: str, country: str | None, name: str
) -> None:
    found = gazetteer.resolve(place, country=country)
    assert (found.status, found.candidates[0].name) == ("auto", name)


def test_a_name_that_only_sounds_a_little_like_a_city_is_never_taken_without_asking(
    gazetteer: geo.Gazetteer,
) -> None:
    found = gazetteer.resolve("Basir", country="Iraq")
    assert (found.candidates[0].name, found.status) == ("Basrah", "ambiguous")


def test_a_name_that_only_sounds_like_a_place_is_sure_in_no_country_but_the_one_given(
    gazetteer: geo.Gazetteer,
) -> None:
    assert gazetteer.resolve("Hodeidah").candidates[0].name == "Al Ḩudaydah"
    assert gazetteer.resolve("Hodeidah").status == "ambiguous"
    assert gazetteer.resolve("Qqqland").status == "unresolved"


@pytest.mark.parametrize(
    ("place", "admin1"),
    [
        ("Birmingham, AL", "Alabama"),
        ("Springfield, IL", "Illinois"),
        ("Atlanta, GA", "Georgia"),
        ("Salisbury, MD", "Maryland"),
        ("Gary, IN", "Indiana"),
        ("Toledo OH", "Ohio"),
        ("Paris Texas", "Texas"),
        ("Newcastle NSW", "New South Wales"),
        ("London, CA", "Ontario"),
        ("Berlin, DE", "Land Berlin"),
        ("Aleppo Syria", "Aleppo Governorate"),
    ],
)
def test_a_code_is_a_country_or_a_state_as_the_town_before_it_tells(
    gazetteer: geo.Gazetteer, place: str, admin1: str
) -> None:
    found = gazetteer.resolve(place)
    assert (found.status, found.candidates[0].admin1) == ("auto", admin1)


@pytest.mark.parametrize("text", ["TBD", "CMD", "=cmd()"])
def test_an_airport_code_is_no_name_of_a_town(gazetteer: geo.Gazetteer, text: str) -> None:
    assert gazetteer.resolve(text).status == "unresolved"


@pytest.mark.parametrize(
    ("place", "country", "name"),
    [
        ("Bahia", "Brazil", "Bahia"),
        ("Hatay", "Turkey", "Hatay"),
        ("Chiapas", "Mexico", "Estado de Chiapas"),
        ("Sulu", "Philippines", "Province of Sulu"),
        ("Tunis", None, "Tunis"),
        ("Brasilia", None, "Brasília"),
    ],
)
def test_a_name_is_that_of_the_place_which_always_bears_it(
    gazetteer: geo.Gazetteer, place: str, country: str | None, name: str
) -> None:
    assert gazetteer.resolve(place, country=country).candidates[0].name == name


@pytest.mark.parametrize(
    ("place", "country", "name"),
    [
        ("Quneitra", "Syria", "Al Qunayţirah"),
        ("Choluteca", "Honduras", "Ciudad Choluteca"),
        ("Kharkov", "UA", "Kharkiv"),
    ],
)
def test_a_town_that_its_region_is_named_after_is_the_town(
    gazetteer: geo.Gazetteer, place: str, country: str, name: str
) -> None:
    found = gazetteer.resolve(place, country=country)
    assert (found.candidates[0].name, found.geo_precision) == (name, "settlement")


def test_a_camp_within_a_town_is_the_camp_and_not_the_town(gazetteer: geo.Gazetteer) -> None:
    assert gazetteer.resolve("Nuseirat camp", country="Gaza").candidates[0].name == "An Nuşayrāt"
    far = gazetteer.resolve("Kutupalong camp, Cox's Bazar", country="Bangladesh")
    assert (far.status, far.candidates[0].geo_precision) == ("ambiguous", "adm2")


def test_no_country_lies_in_another(gazetteer: geo.Gazetteer) -> None:
    assert gazetteer.resolve("Fizi", country="DRC").status == "unresolved"  # a name of Fiji in some languages


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("Novomoskovsk", "Samar"),
        ("Dnipropetrovsk", "Dnipro"),
        ("Kirovohrad", "Kropyvnytskyi"),
    ],
)
def test_a_renamed_town_is_the_town_though_its_oblast_keeps_the_name(
    gazetteer: geo.Gazetteer, place: str, name: str
) -> None:
    found = gazetteer.resolve(place, country="Ukraine")
    assert (found.status, found.candidates[0].name) == ("auto", name)


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("с. Гроза, Куп'янський район, Харківська область", "Hroza"),
        ("м. Дніпро, вул. Набережна Перемоги", "Dnipro"),
        ("г. Шебекино", "Shebekino"),
    ],
)
def test_what_kind_of_place_it_is_may_be_shortened(gazetteer: geo.Gazetteer, place: str, name: str) -> None:
    found = gazetteer.resolve(place)
    assert (found.status, found.candidates[0].name) == ("auto", name)


def test_what_is_said_to_be_somebodys_lies_there(gazetteer: geo.Gazetteer) -> None:
    found = gazetteer.resolve("Kharkiv's Shevchenkivskyi district", country="Ukraine")
    assert found.candidates[0].name == "Shevchenkivskyi District"
    assert found.candidates[0].admin1 == "Kharkiv Oblast"
    assert gazetteer.resolve("King's Lynn").candidates[0].name == "King's Lynn"

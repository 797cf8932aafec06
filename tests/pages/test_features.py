"""OGC API Features, part 1: the requirements of core, GeoJSON and OpenAPI 3.0 one by one, on the bundled sample."""

import re
from datetime import datetime
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV30SpecValidator
from starlette.testclient import TestClient

from data import field_filters, schema
from data.filters import WORDS
from pages.api.routes import ROUTES
from tests.pages import ogc

ITEMS = "/collections/incidents/items"
DOCUMENTS = {
    "/?f=json": "landingPage",
    "/conformance": "confClasses",
    "/collections": "collections",
    "/collections/incidents": "collection",
    f"{ITEMS}?limit=1000": "featureCollection",
    f"{ITEMS}/dl-2025-0001": "feature",
}


def features(client: TestClient, **params: Any) -> dict[str, dict[str, Any]]:
    answer = client.get(ITEMS, params={"limit": 10_000, **params})
    assert answer.status_code == 200, answer.text
    return {feature["id"]: feature for feature in answer.json()["features"]}


def positions(geometry: dict[str, Any]) -> list[list[float]]:
    depth = {"Point": 0, "Polygon": 2, "MultiPolygon": 3}[geometry["type"]]
    found = [geometry["coordinates"]]
    for _ in range(depth):
        found = [part for parts in found for part in parts]
    return found


@pytest.mark.parametrize("address", DOCUMENTS)
def test_every_answer_has_the_standards_shape(client, address):
    ogc.check(client.get(address).json(), DOCUMENTS[address])


@pytest.mark.parametrize("address", [f"{ITEMS}?bbox=1", f"{ITEMS}/none", "/collections/none"])
def test_every_refusal_has_the_standards_shape(client, address):
    ogc.check(client.get(address).json(), "exception")


def test_the_landing_page_leads_everywhere(client):
    landing = client.get("/", headers={"accept": "application/json"}).json()
    for rel in ("self", "alternate", "service-desc", "conformance", "data"):
        (link,) = ogc.links(landing, rel)
        if rel != "alternate":  # that one is the dashboard
            answer = client.get(link["href"])
            assert answer.status_code == 200
            assert answer.headers["content-type"] == link["type"]


def test_conformance_names_the_three_classes(client):
    classes = client.get("/conformance").json()["conformsTo"]
    assert {uri.rpartition("/")[2] for uri in classes} == {"core", "geojson", "oas30"}


def test_the_extent_of_the_collection_holds_every_incident(client):
    (collection,) = client.get("/collections").json()["collections"]
    assert collection == client.get("/collections/incidents").json() | {"links": collection["links"]}
    ((west, south, east, north),) = collection["extent"]["spatial"]["bbox"]
    ((first, last),) = collection["extent"]["temporal"]["interval"]
    for feature in features(client).values():
        if feature["geometry"] and feature["geometry"]["type"] == "Point":
            lon, lat = feature["geometry"]["coordinates"]
            assert west <= lon <= east
            assert south <= lat <= north
        if feature["properties"]["date_start"]:
            assert first[:10] <= feature["properties"]["date_start"] <= last[:10]


def test_a_page_says_when_it_was_made_and_how_many_there_are(client):
    page = client.get(ITEMS, params={"limit": 7}).json()
    assert page["numberReturned"] == len(page["features"]) == 7
    assert page["numberMatched"] == len(features(client))
    assert datetime.fromisoformat(page["timeStamp"]).tzinfo is not None


def test_pages_lead_there_and_back(client):
    first = client.get(ITEMS, params={"limit": 20, "type": "battle,explosion_remote"}).json()
    second = client.get(ogc.links(first, "next")[0]["href"]).json()
    back = client.get(ogc.links(second, "prev")[0]["href"]).json()
    assert back["features"] == first["features"]
    assert client.get(ogc.links(second, "self")[0]["href"]).json()["features"] == second["features"]
    assert ogc.links(first, "prev") == []
    whole = client.get(ITEMS, params={"limit": 10_000}).json()
    assert ogc.links(whole, "next") == ogc.links(whole, "prev") == []
    for rel in ("collection", "alternate"):
        assert len(ogc.links(first, rel)) == 1


def test_more_than_the_most_is_no_mistake(client):
    everything = client.get(ITEMS, params={"limit": "9" * 40})
    assert everything.status_code == 200
    assert everything.json()["numberReturned"] == everything.json()["numberMatched"]


def test_a_box_of_four_or_six_numbers_gives_what_lies_in_it(client):
    box = features(client, bbox="36,47,40,50")
    assert box
    assert box == features(client, bbox="36,47,-10,40,50,9000")
    for feature in box.values():
        corners = positions(feature["geometry"])
        lons, lats = ([position[axis] for position in corners] for axis in (0, 1))
        assert min(lons) <= 40
        assert max(lons) >= 36
        assert min(lats) <= 50
        assert max(lats) >= 47


def test_a_box_across_the_antimeridian_is_the_world_without_its_complement(client):
    placed = features(client, bbox="-180,-90,180,90")
    assert (
        features(client, bbox="40,-90,36,90").keys() | features(client, bbox="36,-90,40,90").keys()
        == placed.keys()
    )


@pytest.mark.parametrize(
    ("period", "same"),
    [
        ("2022-03-05", "2022-03-05/2022-03-05"),
        ("2022-03-05T10:00:00Z", "2022-03-05"),
        ("2022-03-05T23:59:59.5+03:00", "2022-03-05"),
        ("2022-03-05T00:00:00Z/2022-03-09T23:59:59Z", "2022-03-05/2022-03-09"),
        ("../2022-03-05T00:00:00Z", "/2022-03-05"),
        ("2023-01-01T00:00:00-11:00/..", "2023-01-01/"),
        ("2022-03", "2022-03-01/2022-03-31"),
    ],
)
def test_instants_and_intervals_choose_days(client, period, same):
    chosen = features(client, datetime=period)
    assert chosen
    assert chosen == features(client, datetime=same)


def test_a_period_gives_what_overlaps_it_and_nothing_else(client):
    chosen = features(client, datetime="2022-03-05/2022-03-09")
    for identity, feature in features(client).items():
        start, end = feature["properties"]["date_start"], feature["properties"]["date_end"]
        overlaps = start is not None and start <= "2022-03-09" and end >= "2022-03-05"
        assert (identity in chosen) == overlaps


def said(feature: dict[str, Any], name: str) -> list[Any]:
    """The values of a field: several where it holds a list."""
    value = feature["properties"][name]
    if value in (None, ""):
        return []
    return re.split("; ?", value) if name in ("actors", "tags", "sources") else [value]


@pytest.mark.parametrize("name", sorted(field_filters.FIELDS))
def test_every_field_can_be_asked_for_by_its_own_name(client, name):
    everything = features(client)
    value = next((v for f in everything.values() for v in said(f, name)), None)
    if value is None:
        some = {"int": "7", "bool": "true"}.get(field_filters.FIELDS[name].type, "x")
        assert features(client, **{name: some}) == {}
        return
    chosen = features(client, **{name: str(value).lower() if isinstance(value, bool) else value})
    assert chosen.keys() == {identity for identity, f in everything.items() if value in said(f, name)}


def test_fields_and_words_narrow_one_another(client):
    both = features(client, event_type="battle,protest", datetime="2022-03", country="UA")
    assert both
    assert {f["properties"]["event_type"] for f in both.values()} <= {"battle", "protest"}
    assert {f["properties"]["country"] for f in both.values()} == {"UA"}


@pytest.mark.parametrize(
    "wrong",
    [
        "event_subtype=nothing", "killed_best=-1", "killed_best=1.5", "protected_persons=perhaps", "lat=48", "title=x",
        "date_start=2022-02-31", "place_text=a&place_text=b", "embargo_until=2022-01-01", "original=x", "crs=x",
        "datetime=2022-03-05T25:00:00Z", "datetime=2022-01-01/2022-02-01/2022-03-01", "bbox=1_0,2,3,4",
        "bbox=1,2,3,4,5", "f=html", "limit=0", "limit=", "f=json&f=json", "limit=1&limit=2",
    ],
)  # fmt: skip
def test_what_the_interface_does_not_know_is_refused(client, wrong):
    answer = client.get(f"{ITEMS}?{wrong}")
    assert answer.status_code == 400, answer.text
    assert wrong.partition("=")[0] in answer.json()["description"]


@pytest.mark.parametrize("address", [*DOCUMENTS, "/api", "/healthz", "/api/cells"])
def test_a_head_without_a_body_and_nothing_can_be_written(client, address):
    got, head = client.get(address), client.head(address)
    assert head.status_code == got.status_code == 200
    assert head.content == b""
    assert head.headers["content-type"] == got.headers["content-type"]
    if not address.startswith("/?"):
        assert client.post(address).status_code == client.delete(address).status_code == 405


@pytest.mark.parametrize("address", [f"{ITEMS}?limit=1", "/api", "/api/cells", "/conformance"])
def test_pages_of_other_origins_may_read(client, address):
    assert (
        client.get(address, headers={"Origin": "https://example.org"}).headers["access-control-allow-origin"]
        == "*"
    )
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
    assert client.options(address, headers=asked).status_code == 200
    refused = client.options(address, headers={**asked, "Access-Control-Request-Method": "DELETE"})
    assert refused.status_code == 400


def test_other_origins_are_kept_from_everything_else(client):
    answer = client.get("/assets/leaflet.js", headers={"Origin": "https://example.org"})
    assert "access-control-allow-origin" not in answer.headers


def test_the_description_is_openapi_and_tells_of_every_address(client):
    answer = client.get("/api")
    assert answer.headers["content-type"] == "application/vnd.oai.openapi+json;version=3.0"
    document = answer.json()
    OpenAPIV30SpecValidator(document).validate()
    served = {route.path for route in ROUTES if ":path" not in route.path} - {"/assets/{name}"}
    assert set(document["paths"]) == served | {"/"}


def test_the_description_tells_of_every_filter(client):
    listed = client.get("/api").json()["paths"][ITEMS]["get"]["parameters"]
    assert {p["name"] for p in listed} == {*WORDS, *field_filters.FIELDS, "limit", "offset", "f"}
    assert all(p["description"] for p in listed)


def test_the_description_tells_of_every_public_field(client):
    described = client.get("/api").json()["components"]["schemas"]["incident"]["properties"]
    public = {
        name for name, field in schema.fields("events").items() if field.public and field.type != "json"
    }
    assert described.keys() == public

"""The HTTP interface answers in the words of OGC API Features, and says what was wrong with a question."""

import json

import pytest

SEED = "dl-2025-0001"
ITEMS = "/collections/incidents/items"


def test_health_tells_how_much_there_is(client):
    answer = client.get("/healthz").json()
    assert answer["status"] == "ok"
    assert answer["events"] >= 150
    assert answer["places"] >= 200_000


def test_every_matching_incident_with_a_place_is_in_exactly_one_cell_or_region(client):
    for zoom in (2, 6, 10, 14):
        answer = client.get("/api/cells", params={"zoom": zoom}).json()
        drawn = sum(c["count"] for c in answer["cells"]) + sum(r["count"] for r in answer["regions"])
        assert drawn == answer["shown"] == answer["total"] - answer["unplaced"]


def test_a_cell_of_one_incident_names_it_and_a_larger_one_does_not(client):
    cells = client.get("/api/cells", params={"zoom": 9}).json()["cells"]
    assert all(("id" in cell) == (cell["count"] == 1) for cell in cells)


def test_what_is_known_only_to_a_region_or_country_is_never_a_cell(client):
    answer = client.get("/api/cells", params={"zoom": 16}).json()
    assert all(cell["precision"] not in ("adm1", "country", "unlocated") for cell in answer["cells"])
    assert all("id" not in region for region in answer["regions"])


def test_the_seed_capture_answers_with_its_candidates_areas_and_card(client):
    event = client.get(f"/api/events/{SEED}").json()
    assert event["geo_status"] == "ambiguous"
    assert event["place_relation"] == "near"
    assert [place["text"] for place in event["places"]] == ["Tarasivka", "Bilohorivka"]
    marks = [
        f["properties"]["mark"] for f in event["areas"]["features"] if f["properties"]["kind"] == "candidate"
    ]
    assert marks == list("ABCDEFGH"[: len(marks)])
    assert {f["properties"].get("id") for f in event["areas"]["features"]} >= {
        "geonames:691877",
        "geonames:9529726",
    }
    assert event["card"]["title"] == event["title"]


def test_rows_for_a_list_of_ids_keep_their_order_and_leave_out_strangers(client):
    answer = client.get("/api/events", params={"ids": f"{SEED},no-such,dl-2022-0001"}).json()
    assert [row["id"] for row in answer["events"]] == [SEED, "dl-2022-0001"]


@pytest.mark.parametrize(
    "address",
    [
        "/api/cells?bbox=1,2,3", "/api/cells?bbox=a,b,c,d", "/api/cells?bbox=0,50,10,40", "/api/cells?bbox=nan,0,1,1",
        "/api/cells?zoom=-1", "/api/cells?zoom=99", "/api/cells?zoom=x", "/api/cells?zoom=", "/api/cells?type=nothing",
        "/api/cells?datetime=2022-13-01", "/api/cells?datetime=2023-01-01/2022-01-01", "/api/cells?colour=red",
        f"{ITEMS}?limit=0", f"{ITEMS}?limit=-5", f"{ITEMS}?limit=ten", f"{ITEMS}?offset=-1", f"{ITEMS}?offset=1e3",
        f"{ITEMS}?bbox=200,0,300,10", f"{ITEMS}?datetime=yesterday", f"{ITEMS}?unknown=1",
        "/api/events", "/api/events?ids=", "/api/towns?limit=0", "/api/towns?bbox=0",
        "/api/towns?zoom=abc", "/conformance?x=1", "/collections?f=xml", "/api/cells?bbox=1,2,3,4&bbox=5,6,7,8",
        "/api/cells?zoom=%00",
        "/api/cells?zoom=٣",
    ],
)  # fmt: skip
def test_a_wrong_parameter_is_answered_with_400_and_a_description(client, address):
    answer = client.get(address)
    assert answer.status_code == 400, answer.text
    assert set(answer.json()) == {"code", "description"}
    assert answer.json()["description"]


@pytest.mark.parametrize(
    "address",
    [
        "/api/events/no-such",
        f"{ITEMS}/no-such",
        "/assets/secret.txt",
        "/api/events/%2e%2e%2fx",
        "/api/nope",
        "/collections/nope",
        "/collections/incidents/nope",
    ],
)
def test_what_does_not_exist_is_answered_with_404(client, address):
    assert client.get(address).status_code == 404


def test_pages_of_items_together_are_all_items_once(client):
    seen, address = [], f"{ITEMS}?limit=50"
    while address:
        page = client.get(address)
        assert page.headers["content-type"] == "application/geo+json"
        body = page.json()
        assert body["numberReturned"] == len(body["features"])
        seen += [feature["id"] for feature in body["features"]]
        address = next((link["href"] for link in body["links"] if link["rel"] == "next"), None)
    assert len(seen) == len(set(seen)) == body["numberMatched"]


def test_items_obey_the_filters_of_the_screen(client):
    body = client.get(
        ITEMS, params={"type": "battle", "datetime": "2022-03-01/2022-04-30", "limit": 1000}
    ).json()
    assert body["features"]
    for feature in body["features"]:
        assert feature["properties"]["event_type"] == "battle"
        assert feature["properties"]["date_start"] <= "2022-04-30"
        assert feature["properties"]["date_end"] >= "2022-03-01"


def test_one_item_is_the_same_feature_as_in_the_list(client):
    listed = next(f for f in client.get(ITEMS, params={"limit": 1000}).json()["features"] if f["id"] == SEED)
    single = client.get(f"{ITEMS}/{SEED}").json()
    assert single["geometry"]["type"] in ("Polygon", "MultiPolygon")
    assert {name: single["properties"][name] for name in listed["properties"]} == listed["properties"]


@pytest.mark.parametrize("address", ["/?f=json", "/conformance", "/collections", "/collections/incidents"])
def test_the_documents_of_ogc_api_features_are_there(client, address):
    answer = client.get(address, headers={"accept": "application/json"})
    assert answer.status_code == 200
    json.dumps(answer.json())


def test_a_link_to_the_map_by_name_comes_to_the_root_with_its_filters(client):
    answer = client.get("/map?type=battle", follow_redirects=False)
    assert answer.status_code in (302, 307)
    assert answer.headers["location"].endswith("/?type=battle")


def test_every_answer_keeps_the_browser_to_itself(client):
    headers = client.get("/healthz").headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_a_failure_is_answered_without_a_traceback(client, monkeypatch):
    def broken():
        raise RuntimeError("a secret path")

    monkeypatch.setattr("pages.api.health.store", broken)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert "secret" not in answer.text

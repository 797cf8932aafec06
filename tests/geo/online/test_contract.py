"""What every online provider must do: one row each, the same questions, well and badly answered."""

from collections.abc import Callable

import pytest

from geo.errors import GeocoderUnavailable
from geo.online import PROVIDERS, Online
from geo.online.found import Question
from tests.geo.online import bodies
from tests.geo.online.conftest import AGENT, Clock, Service

ROWS = list(PROVIDERS)
Make = Callable[..., Online]


def test_every_provider_has_a_row() -> None:
    assert set(ROWS) == set(bodies.ONE) == set(bodies.EMPTY) == set(bodies.HOMONYMS)


@pytest.mark.parametrize("provider", ROWS)
class TestEveryProvider:
    def test_names_where_who_asks_and_what(self, online: Make, service: Service, provider: str) -> None:
        service.says(bodies.ONE[provider]())
        answer = online(provider).answer(Question("Saltivka", "UA"))
        path, query, headers = service.asked[0]
        assert path == bodies.PATHS[provider]
        assert "Saltivka" in str(query)
        assert "ua" in str(query).casefold() or provider == "photon"
        assert headers["User-Agent"] == AGENT
        assert [bodies.right(provider, found) for found in answer.found] == [True]

    @pytest.mark.parametrize("name", ["Saltivs'ka", "Saltivs’ka", "Saltivsʼka", "Салтівка", "الكرامة"])
    def test_keeps_names_in_any_script(
        self, online: Make, service: Service, provider: str, name: str
    ) -> None:
        service.says(bodies.ONE[provider](name))
        (found,) = online(provider).answer(Question(name)).found
        assert found.name == name
        assert name in str(service.asked[0][1])

    def test_gives_a_candidate_with_precision_radius_method_and_attribution(
        self, online: Make, service: Service, provider: str
    ) -> None:
        service.says(bodies.ONE[provider]())
        found = online(provider).resolve("near Saltivka", name="Saltivka", country="UA", relation="near")
        (candidate,) = found.candidates
        row = candidate.to_dict()
        assert (row["method"], row["geo_precision"]) == (provider, "settlement")
        assert PROVIDERS[provider].attribution in row["attribution"]
        assert found.status == "ambiguous", "a provider's first answer has never been measured"
        assert (found.geo_precision, found.relation) == ("near", "near")
        assert found.radius_m is not None
        assert found.radius_m >= 5_000
        assert 0 < candidate.probability <= 0.8

    def test_keeps_homonyms_apart(self, online: Make, service: Service, provider: str) -> None:
        service.says(bodies.HOMONYMS[provider])
        found = online(provider).resolve("Saltivka")
        assert len(found.candidates) == 2
        assert found.lat is None, "780 km apart: no circle says anything"

    def test_an_empty_answer_is_a_miss_and_is_kept(
        self, online: Make, service: Service, provider: str
    ) -> None:
        service.says(bodies.EMPTY[provider])
        asked = online(provider)
        assert asked.resolve("Nowhere").status == "unresolved"
        assert asked.resolve("nowhere ").status == "unresolved"
        assert len(service.asked) == (1 if PROVIDERS[provider].keep_miss_days else 2)

    def test_waits_as_long_as_it_is_asked_to(
        self, online: Make, service: Service, provider: str, clock: Clock
    ) -> None:
        service.says(b"slow down", 429, Retry_After="7")
        service.says(bodies.ONE[provider]())
        assert online(provider).answer(Question("Saltivka")).found
        assert clock.slept == [pytest.approx(7.0)]

    def test_gives_up_when_asked_to_wait_for_long_and_leaves_it_alone(
        self, online: Make, service: Service, provider: str, clock: Clock
    ) -> None:
        service.says(b"", 429, Retry_After="3600")
        for _ in range(2):
            with pytest.raises(GeocoderUnavailable, match=PROVIDERS[provider].title):
                online(provider).answer(Question("Saltivka"))
        assert len(service.asked) == 1
        assert clock.slept == []

    @pytest.mark.parametrize(
        ("status", "body", "message"),
        [
            (200, b'{"features": [', "no format"),
            (200, b"<html>maintenance</html>", "no format"),
            (500, b"oops", "500"),
            (503, b"", r"in time|503"),
        ],
    )
    def test_a_service_that_is_ill_stops_the_run_after_three_tries(
        self,
        online: Make,
        service: Service,
        provider: str,
        clock: Clock,
        status: int,
        body: bytes,
        message: str,
    ) -> None:
        service.says(body, status)
        asked = online(provider)
        with pytest.raises(GeocoderUnavailable, match=message):
            asked.answer(Question("Saltivka"))
        assert len(service.asked) == 3
        assert clock.slept[0] <= clock.slept[1]

    @pytest.mark.parametrize("how", ["cut", "slow"])
    def test_a_service_that_breaks_off_or_never_answers_stops_the_run(
        self, online: Make, service: Service, provider: str, how: str
    ) -> None:
        service.says(bodies.ONE[provider]())
        service.cut, service.delay_s = how == "cut", 0.4 if how == "slow" else 0.0
        with pytest.raises(GeocoderUnavailable, match="broke off" if how == "cut" else "in time"):
            online(provider, timeout_s=0.1 if how == "slow" else 10).answer(Question("Saltivka"))

    @pytest.mark.parametrize("status", [401, 403])
    def test_a_refusal_is_not_asked_again(
        self, online: Make, service: Service, provider: str, status: int
    ) -> None:
        service.says(b"", status)
        with pytest.raises(GeocoderUnavailable, match=r"key|refuses"):
            online(provider).answer(Question("Saltivka"))
        assert len(service.asked) == 1

    def test_a_question_it_does_not_understand_is_a_miss(
        self, online: Make, service: Service, provider: str
    ) -> None:
        service.says(b"{}", 400)
        assert online(provider).answer(Question("???")).found == []
        assert len(service.asked) == 1

    def test_what_was_asked_and_the_key_stay_out_of_errors(
        self, online: Make, service: Service, provider: str
    ) -> None:
        service.says(b"", 500)
        with pytest.raises(GeocoderUnavailable) as raised:
            online(provider).answer(Question("Secret Village"))
        assert not any(word in str(raised.value) for word in ("Secret", "key-1", "harbour"))

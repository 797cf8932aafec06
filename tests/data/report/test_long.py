"""Articles longer than any: told how far they are, stopped at any moment, answered to the end, in linear time."""

import time

import pytest

from data.errors import Cancelled
from data.progress import Step
from data.report import extract, read
from data.report.sentences import LONGEST_PART, parts

TOLD = "Shelling killed two people in Kherson on 3 March 2023, officials said. {} Nothing else is known of it.\n\n"


def article(copies: int) -> str:
    return "".join(TOLD.format(number) for number in range(copies))


@pytest.mark.parametrize("mark", ["\n\n", "\n", " ", "x"])
def test_a_long_text_is_cut_into_parts_that_are_all_of_it(mark):
    text = (mark + "word" * 20) * 4_000
    cut = list(parts(text))
    assert "".join(text[part.start : part.end] for part in cut) == text
    assert all(0 < part.end - part.start <= LONGEST_PART for part in cut)
    assert len(cut) > 2


def test_names_are_answered_to_the_end_of_a_long_article(gazetteer):
    text = article(1_200) + "Artillery shelled Odesa on 5 March 2023."
    assert len(text) > LONGEST_PART
    last = extract(read(text), gazetteer)[-1]
    (place,) = last.places
    assert (place["text"], place["candidates"][0]["country"]) == ("Odesa", "UA")
    assert text[place["start"] : place["end"]] == "Odesa"


def test_progress_is_told_in_every_phase_to_its_end(gazetteer):
    told: list[Step] = []
    extract(read(article(300)), gazetteer, progress=told.append)
    last = {step.what: step for step in told}
    assert list(last) == ["looking for the day of publication in", "finding places in", "reading", "placing"]
    assert all(step.done == step.total for step in last.values())
    assert str(last["reading"]).startswith("reading 600 of 600 sentences")


@pytest.mark.parametrize(
    "phase", ["looking for the day of publication in", "finding places in", "reading", "placing"]
)
def test_it_stops_in_any_phase(gazetteer, phase):
    def stop(step: Step) -> None:
        if step.what == phase:
            raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        extract(read(article(120)), gazetteer, progress=stop)


def test_twice_the_text_takes_twice_the_time_and_not_four_times(gazetteer):
    def seconds(copies: int) -> float:
        given = read(article(copies))
        before = time.process_time()
        extract(given, gazetteer)
        return time.process_time() - before

    seconds(50)
    assert seconds(2_400) < 9 * seconds(600)

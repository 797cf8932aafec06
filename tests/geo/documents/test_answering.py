"""The answers of `resolve_document`: the document decides, priors lean, reasons are sentences."""

import re

import pytest

import geo
from geo.documents.model import Document, Mention, MentionAnswer
from geo.priors import Priors

AMERICAN = (
    "PARIS — Police in Paris, Texas, said a man from Dallas was held near Bonham. Paris lies north of Dallas."
)
FRENCH = "The mayor of Paris said trains to Lyon and Marseille would run; Paris waited."


def answers(gazetteer: geo.Gazetteer, text: str, *names: str, **more: object) -> list[MentionAnswer]:
    spans = [m.span() for name in names for m in re.finditer(re.escape(name), text)]
    document = Document(text, tuple(Mention(*span) for span in spans))
    return gazetteer.resolve_document(document, **more)


def best(answer: MentionAnswer) -> tuple[str, str | None, str | None]:
    candidate = answer.candidates[0]
    return candidate.name, candidate.admin1, candidate.country


def test_a_name_has_one_sense_in_a_document(gazetteer: geo.Gazetteer) -> None:
    found = answers(gazetteer, AMERICAN, "Paris", "Texas", "Dallas", "Bonham")
    assert {best(answer) for answer in found if answer.surface == "Paris"} == {("Paris", "Texas", "US")}
    found = answers(gazetteer, FRENCH, "Paris", "Lyon", "Marseille")
    assert {best(answer)[2] for answer in found} == {"FR"}


def test_two_senses_when_two_containing_names_say_so(gazetteer: geo.Gazetteer) -> None:
    text = "She moved from Paris, France, to Paris, Texas."
    found = [a for a in answers(gazetteer, text, "Paris", "France", "Texas") if a.surface == "Paris"]
    assert [best(answer)[2] for answer in found] == ["FR", "US"]


def test_a_containing_name_counts_even_when_nobody_marked_it(gazetteer: geo.Gazetteer) -> None:
    found = answers(gazetteer, "A man was held in Paris, Texas, on Monday.", "Paris")
    assert best(found[0]) == ("Paris", "Texas", "US")


def test_a_name_nobody_knows_is_put_where_the_document_is(gazetteer: geo.Gazetteer) -> None:
    text = "Shells fell in Izium, Balakliia and Qqzzxville in Kharkiv Oblast."
    unknown = answers(gazetteer, text, "Izium", "Balakliia", "Qqzzxville", "Kharkiv Oblast")[2]
    assert unknown.status == "unresolved"
    assert unknown.candidates[0].admin1 == "Kharkiv Oblast"
    assert unknown.candidates[0].radius_m >= 50_000
    assert "stands in" in unknown.candidates[0].reasons[0]


def test_priors_lean_and_the_document_overrules_them(gazetteer: geo.Gazetteer) -> None:
    alone = "Fire broke out in Birmingham."
    assert best(answers(gazetteer, alone, "Birmingham")[0])[2] == "GB"
    american = answers(gazetteer, alone, "Birmingham", priors=Priors(country="US", near=(33.5, -86.8)))
    assert best(american[0])[1:] == ("Alabama", "US")
    held = answers(
        gazetteer,
        FRENCH,
        "Paris",
        "Lyon",
        "Marseille",
        priors=Priors(source_area=(33.66, -95.55)),
    )
    assert {best(answer)[2] for answer in held} == {"FR"}


def test_a_decision_of_a_person_is_kept(gazetteer: geo.Gazetteer) -> None:
    priors = Priors(confirmed={"tarasivka": "geonames:9529726"})
    found = answers(gazetteer, "Shells fell in Tarasivka.", "Tarasivka", priors=priors)
    assert found[0].candidates[0].id == "geonames:9529726"
    assert "a person decided so before" in found[0].candidates[0].reasons


def test_reasons_are_sentences_and_name_the_evidence(gazetteer: geo.Gazetteer) -> None:
    found = answers(gazetteer, AMERICAN, "Paris", "Texas", "Dallas", "Bonham")
    assert "in Texas, named with it" in found[0].candidates[0].reasons
    for answer in found:
        for candidate in answer.candidates:
            assert candidate.reasons
            assert not any(re.search(r"_|\{|\}|\bNone\b|nan", reason) for reason in candidate.reasons)


@pytest.mark.parametrize("text", [AMERICAN, FRENCH])
def test_probabilities_descend_and_stay_within_one(gazetteer: geo.Gazetteer, text: str) -> None:
    for answer in answers(gazetteer, text, "Paris"):
        shares = [candidate.probability for candidate in answer.candidates]
        assert shares == sorted(shares, reverse=True)
        assert sum(shares) <= 1.000001


def test_roles_follow_the_words_before_a_name(gazetteer: geo.Gazetteer) -> None:
    text = "Moscow said that Ukraine had shelled a bridge near Izium, Kharkiv Oblast."
    found = answers(gazetteer, text, "Moscow", "Ukraine", "Izium", "Kharkiv Oblast")
    assert [answer.role for answer in found] == ["actor", "actor", "event", "context"]


def test_a_document_of_a_thousand_names_is_answered(gazetteer: geo.Gazetteer) -> None:
    names = [f"Nova{i}" if i % 3 else f"Springfield {i}" for i in range(1_000)]
    text = ", ".join(names)
    spans, at = [], 0
    for name in names:
        spans.append(Mention(at, at + len(name)))
        at += len(name) + 2
    assert len(gazetteer.resolve_document(Document(text, tuple(spans)))) == 1_000


def test_documents_answered_together_are_answered_as_each_alone(gazetteer: geo.Gazetteer) -> None:
    texts = (
        "A man was held in Paris on Monday. Police in Paris, Texas, said he came from Dallas.",
        "Nothing is named here.",
        "Shells fell on Izium, Kharkiv Oblast, and on Qqzzxville near Kupiansk.",
        "Paris is the capital of France. London waits.",
        "",
    )
    priors = Priors(near=(49.0, 37.0), source_area=(48.8, 2.3), elsewhere={"london": "geonames:6058560"})
    names = (
        "Paris",
        "Texas",
        "Dallas",
        "Izium",
        "Kharkiv Oblast",
        "Qqzzxville",
        "Kupiansk",
        "France",
        "London",
    )
    documents = [
        Document(
            text,
            tuple(Mention(text.index(name), text.index(name) + len(name)) for name in names if name in text),
            title="France and Ukraine",
        )
        for text in texts
    ]
    together = gazetteer.resolve_documents(documents, priors=priors)
    assert [len(answers) for answers in together] == [3, 0, 4, 3, 0]
    for document, answers in zip(documents, together, strict=True):
        alone = gazetteer.resolve_document(document, priors=priors)
        assert [answer.to_dict() for answer in answers] == [answer.to_dict() for answer in alone]


def test_texts_read_together_are_read_as_each_alone(gazetteer: geo.Gazetteer) -> None:
    documents = [
        Document(text) for text in ("Kyiv said shells fell on Izium.", "No name.", "Rain in Paris, Texas.")
    ]
    together = gazetteer.parse_documents(documents)
    for document, answers in zip(documents, together, strict=True):
        alone = gazetteer.parse_document(document)
        assert [answer.to_dict() for answer in answers] == [answer.to_dict() for answer in alone]
    assert [[answer.surface for answer in answers] for answers in together] == [
        ["Kyiv", "Izium"],
        [],
        ["Paris", "Texas"],
    ]

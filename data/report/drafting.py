"""Events become drafts: the fields of an incident record, each with the words it was read from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from data import schema
from data.report.atlas import Atlas
from data.report.events import Event
from data.report.findings import Finding
from data.report.lexicon import OUTCOME
from data.report.model import QUOTE_CHARACTERS, Actor, Article, Draft, Said, Span
from data.report.relative_days import Reference
from data.report.when import widened_to_year
from data.report.where import PlacePhrase
from data.textscan import scan

NOT_STATED = "not stated"
ANNOUNCED_DAYS = 30
"""How long before its announcement something that "had been" done is taken to lie at most."""
_PROTECTED = ("detention_capture", "violence_civilians")
_ORDER = ("denied", "hypothetical", "planned", "claimed_by_party", "reported")


def draft(event: Event, article: Article, reference: Reference, atlas: Atlas) -> Draft:
    """Make the draft of an event."""
    notes: list[str] = []
    spans: dict[str, Span] = {}
    first = event.findings[0]
    fields: dict[str, Any] = {**_kind(event, spans), "modality": _modality(event)}
    fields |= _when(event, reference, spans, notes)
    fields |= _people(event, spans)
    placed, places = _where(event, article, atlas, spans, notes)
    fields |= placed
    actors = _actors(event)
    said = _said(event)
    fields["event_subtype"] = _whose_territory(fields, actors, atlas)
    fields["summary"] = _summary(event, said)
    fields["actors"] = (
        "; ".join(dict.fromkeys(actor.name for actor in actors if actor.role != "source")) or None
    )
    fields["protected_persons"] = _is_protected(event, fields)
    fields["tags"] = "background" if event.background else None
    fields["title"] = _title(fields)
    sentences = tuple(dict.fromkeys(finding.sentence.span for finding in event.findings))
    quote, flags = _quote(article, sentences[0], fields, notes)
    fields |= {"status": "draft", "sensitivity": "public", "flags": flags}
    spans["modality"] = said[0].span if said and fields["modality"] == "claimed_by_party" else first.trigger
    return Draft(
        fields={name: value for name, value in fields.items() if value is not None},
        background=event.background,
        sentences=sentences,
        places=tuple(places),
        actors=actors,
        said_by=said,
        spans=spans,
        quote=quote,
        notes=tuple(notes),
    )


def _kind(event: Event, spans: dict[str, Span]) -> dict[str, Any]:
    """Give type and subtype; an outcome alone is a fight where soldiers are counted, else it stays unclassified."""
    kind, subtype = event.type, event.subtype
    told = next((f for f in event.findings if f.type == kind), event.findings[0])
    spans["event_type"] = told.trigger
    if kind == OUTCOME:
        military = any(f.military for f in event.findings)
        kind, subtype = ("battle", "armed_clash") if military else ("other", None)
    return {"event_type": kind, "event_subtype": subtype}


def _modality(event: Event) -> str:
    """Give the modality of the findings together: who denies what others report makes it disputed."""
    said = {finding.modality for finding in event.findings}
    if event.denied or ("denied" in said and said & {"reported", "claimed_by_party"}):
        return "disputed"
    if said <= {"reported", "claimed_by_party"} and "claimed_by_party" in said:
        independent = any(s.kind in ("official", "other") for f in event.findings for s in f.said)
        return "reported" if independent and event.findings[0].modality == "reported" else "claimed_by_party"
    return next(code for code in _ORDER if code in said)


def _when(event: Event, reference: Reference, spans: dict[str, Span], notes: list[str]) -> dict[str, Any]:
    """Give the date with its precision and basis."""
    day = event.day
    if day is not None:
        spans["date_start"] = day.span
        inferred = reference.inferred and not day.whole
        if inferred:
            notes.append(f"the year was taken from the text, which speaks of {reference.day:%Y}")
        return _dated(day.start, day.end, day.precision, "inferred_other" if inferred else "stated")
    told = next((f.told for f in event.findings if f.told), None)
    if event.background:
        return _of_neighbour(event, reference, notes)
    if told is not None:
        spans["date_start"] = told.span
        notes.append("the text says when it was announced, not when it happened")
        return _announced(
            event.findings[0] if len(event.findings) == 1 else _teller(event),
            told.start,
            told.end,
            told.precision,
        )
    if event.neighbour is not None:
        notes.append("the text gives no date for it; that of the incident told just before was taken")
        return _dated(event.neighbour.start, event.neighbour.end, event.neighbour.precision, "inferred_other")
    if reference.day is None:
        notes.append("no date: give the day of publication")
        return {"date_precision": "unknown"}
    if any(f.modality in ("planned", "hypothetical") for f in event.findings):
        return {"date_precision": "unknown"}
    if reference.inferred:
        notes.append("the text gives no date for it; its latest day was taken")
    return _dated(reference.day, reference.day, "day", "inferred_from_publication")


def _teller(event: Event) -> Finding:
    return next(finding for finding in event.findings if finding.told)


def _announced(finding: Finding, start: date, end: date, precision: str) -> dict[str, Any]:
    """Date what is known by its announcement: that day at the latest; some time before it where it "had been" done."""
    if finding.tense == "pluperfect":
        return _dated(end - timedelta(days=ANNOUNCED_DAYS), end, "range", "inferred_from_publication")
    return _dated(start, end, precision, "inferred_from_publication")


def _of_neighbour(event: Event, reference: Reference, notes: list[str]) -> dict[str, Any]:
    """Date what looks back without a date by what is told just before it, no more closely than the year."""
    if event.neighbour is None:
        notes.append("it looks back, and the text does not say when")
        return {"date_precision": "unknown"}
    notes.append("it looks back without a date; the date told just before it was used, widened")
    if event.findings[0].tense == "perfect" and reference.day is not None:
        start = min(event.neighbour.start, reference.day)
        return _dated(start, reference.day, "range", "inferred_from_publication")
    start, end = widened_to_year(event.neighbour)
    if reference.day is not None and start <= reference.day < end:
        return _dated(start, reference.day, "range", "inferred_other")
    return _dated(start, end, "year" if start.year == end.year else "range", "inferred_other")


def _dated(start: date, end: date, precision: str, basis: str) -> dict[str, Any]:
    return {"date_start": start, "date_end": end, "date_precision": precision, "date_basis": basis}


def _people(event: Event, spans: dict[str, Span]) -> dict[str, int]:
    fields: dict[str, int] = {}
    for category in schema.PEOPLE:
        count = event.counts.get(category)
        if count is not None:
            fields |= count.fields(category)
            spans[category] = count.span
    return fields


def _where(
    event: Event, article: Article, atlas: Atlas, spans: dict[str, Span], notes: list[str]
) -> tuple[dict[str, Any], list[Mapping[str, Any]]]:
    """Place an event by the narrowest words that any of its sentences has for it."""
    told = [finding for finding in event.findings if finding.place is not None]
    best = max(told, key=_says_where, default=None)
    if best is None or best.place is None:
        notes.append("the text does not say where")
        return {"place_text": NOT_STATED, **atlas.nowhere().fields}, _beside(event, atlas)
    around = best.around or tuple(
        name for f in told if f.place and f.place.precision in ("adm1", "adm2") for name in f.place.names[:1]
    )
    around = tuple(span for span in around if not span.overlaps(best.place.span))
    placed, mentions = atlas.locate(best.place, around)
    spans["place_text"] = best.place.span
    for phrase in _further(event, best.place):
        mentions += _as_context(atlas.locate(phrase, around)[1])
        notes.append(
            f"the text names a further place for it: “{article.cut(phrase.span)}”; give it an incident of its own"
        )
    return {"place_text": article.cut(best.place.span), **placed.fields}, mentions


def _further(event: Event, place: PlacePhrase) -> list[PlacePhrase]:
    """Give the other places that its sentences name for it, each once."""
    found: dict[frozenset[str], PlacePhrase] = {_ids(place): place}
    for finding in event.findings:
        for phrase in finding.further:
            found.setdefault(_ids(phrase), phrase)
    return list(found.values())[1:]


def _ids(place: PlacePhrase) -> frozenset[str]:
    return frozenset(candidate.id for answer in place.answers for candidate in answer.candidates[:1])


def _says_where(finding: Finding) -> tuple[bool, bool, float]:
    """Rank how well a place is said: what names its region too says more than the same words in a headline."""
    place = finding.place
    if place is None:
        return False, False, 0.0
    return place.is_narrow, place.precision != "country", place.weight + (0.5 if place.inside else 0.0)


def _beside(event: Event, atlas: Atlas) -> list[Mapping[str, Any]]:
    """Offer the place told just before, as context, to one who wants to decide that it was there."""
    if event.neighbour_place is None:
        return []
    return _as_context(atlas.locate(event.neighbour_place)[1])


def _as_context(mentions: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [{**mention, "role": "context", "chosen_id": None, "reason": None} for mention in mentions]


def _actors(event: Event) -> tuple[Actor, ...]:
    found: dict[str, Actor] = {}
    for finding in event.findings:
        for actor in finding.actors:
            found.setdefault(actor.name.casefold(), actor)
    return tuple(found.values())


def _said(event: Event) -> tuple[Said, ...]:
    found: dict[str, Said] = {}
    for finding in event.findings:
        for said in finding.said:
            found.setdefault(said.name.casefold(), said)
    return tuple(found.values())


def _is_protected(event: Event, fields: Mapping[str, Any]) -> bool:
    captured = any(fields.get(f"captured_{name}") for name in ("min", "best", "max"))
    return fields["event_type"] in _PROTECTED or captured or any(f.protected for f in event.findings)


_GAINS = ("government_regains_territory", "non_state_actor_overtakes_territory")


def _whose_territory(fields: Mapping[str, Any], actors: tuple[Actor, ...], atlas: Atlas) -> str | None:
    """Tell a government that takes a place back from a foreign force that takes one, by whose country it lies in."""
    subtype: str | None = fields["event_subtype"]
    countries = [atlas.country_at(actor.span) for actor in actors if actor.role == "agent"]
    if subtype not in _GAINS or not fields.get("country") or not countries or not countries[0]:
        return subtype
    return _GAINS[countries[0] != fields["country"]]


def _summary(event: Event, said: tuple[Said, ...]) -> str | None:
    """Say in neutral words who says so and when it was told."""
    told = next((f.told for f in event.findings if f.told), None)
    who = f"According to: {', '.join(s.name for s in said)}." if said else ""
    when = f"Told on {told.start.day} {told.start:%B %Y}." if told and told.precision == "day" else ""
    return " ".join(part for part in (who, when) if part) or None


def _title(fields: Mapping[str, Any]) -> str:
    """Say in one neutral line what and where, from codes and the words for the place alone."""
    subtype = fields.get("event_subtype")
    what = (
        schema.label("event_subtype", subtype)
        if subtype
        else schema.label("event_type", fields["event_type"])
    )
    if fields["place_text"] == NOT_STATED:
        return what
    joined = " " if fields["place_relation"] in ("near", "between", "toward") else ", "
    return f"{what}{joined}{' '.join(fields['place_text'].split())}"[:200]


def _quote(
    article: Article, sentence: Span, fields: Mapping[str, Any], notes: list[str]
) -> tuple[str | None, list[dict[str, str]] | None]:
    """Quote the first sentence, unless it names somebody who must not be named; then only say that it does."""
    words = " ".join(article.cut(sentence).split())
    if len(words) > QUOTE_CHARACTERS:
        words = words[: QUOTE_CHARACTERS - 1].rsplit(" ", 1)[0] + "…"
    flags = scan(f"{fields['title']}\n{words}", [fields["place_text"]])
    if not flags:
        return words, None
    notes.append("the sentence names a person or a number that must not be published; it is not quoted")
    return None, [{"kind": flag.kind, "text": "withheld"} for flag in flags]

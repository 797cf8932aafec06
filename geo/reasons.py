"""Why a candidate stands where it stands, in sentences, from the features that carried its score."""

from __future__ import annotations

from geo.context import Context
from geo.precision import APPROXIMATE
from geo.rank import Ranked
from geo.weights import Weights

LEAST = 0.5
"""Contributions smaller than this, in log odds, are not worth a sentence."""
_HOW = {
    "main": "called “{name}”",
    "alternate": "“{text}” is another name of {name}",
    "romanised": "“{text}” is a romanisation of {name}",
    "borrowed": "“{text}” is rather another place there; {name} is called so now and then",
    "stem": "“{text}” is short for {name}",
    "named_after": "“{text}” is not listed; {name} is named after the town",
    "code": "“{text}” is a code for {name}",
    "demonym": "“{text}” is what belongs to {name}",
    "variant": "“{text}” is another spelling of {name}",
    "heard": "“{text}” sounds like {name}",
    "standing_in": "“{text}” is not listed; {name}, the town named with it, stands in",
    "similar": "“{text}” is only similar to {name}",
    "holding": "“{text}” is not listed; {name}, the district named with it, holds it",
    "confirmed": "“{text}” is no name of {name} known here",
}


def reasons(ranked: Ranked, text: str, context: Context, weights: Weights) -> tuple[str, ...]:
    """Return the reasons for one candidate, the name first, then what counted most."""
    place = ranked.match.place
    how = _HOW[ranked.match.how].format(name=place.name, text=text)
    said: list[tuple[float, str]] = []

    def add(feature: str, sentence: str, share: float = 1.0) -> None:
        weight = abs(weights.features.get(feature, 0.0) * share)
        if weight >= LEAST:
            said.append((weight, sentence))

    for container in context.containers:
        closeness = container.closeness(place)
        if closeness == 1.0:
            add("inside", f"in {container.text}, as named with it")
        elif closeness >= 0.2:
            add("beside", f"beside {container.text}, not in it", 1.0)
        else:
            add("outside", f"far from {container.text}, which is named with it", 1 - closeness)
    values = ranked.features
    if "country_agrees" in values and context.country:
        add("country_agrees", f"in the country given ({context.country})")
    if "country_differs" in values:
        given = (
            f"the country given ({context.country})"
            if context.country
            else " or ".join(sorted(context.countries))
        )
        add("country_differs", f"in {place.country}, not in {given}")
    if "type_agrees" in values:
        add("type_agrees", "the kind of place agrees with the words used")
    if "type_differs" in values:
        add("type_differs", "the kind of place differs from the words used")
    if values.get("near_point", 0.0) > 0:
        add("near_point", "close to the position given", values["near_point"])
    if values.get("close_names", 0.0) > 0:
        add("close_names", "close to the other names given", values["close_names"])
    company = values.get("company", 0.0) + values.get("company_roughly", 0.0)
    if company:
        add("company", "other places of the same table lie around it", company)
    if "confirmed" in values:
        add("confirmed", "a person decided so for the same words in the same context")
    if "confirmed_name" in values:
        add("confirmed_name", "a person decided so for the same name elsewhere")
    if "given_country" in values:
        add("given_country", f"in the country of interest ({context.prior_country})")
    if "given_elsewhere" in values:
        add("given_elsewhere", f"not in the country of interest ({context.prior_country})")
    if "given_near" in values:
        add("given_near", "close to the region of interest", values["given_near"])
    if "source_near" in values:
        add("source_near", "close to where the source is at home", values["source_near"])
    if place.population:
        add("log_population", f"population {place.population:,}", values.get("log_population", 0.0))
    if place.feature == APPROXIMATE:
        said.append((LEAST, "its own position is not known here: the middle of its community stands for it"))
    said.sort(key=lambda item: -item[0])
    return (how, *(sentence for _, sentence in said))

"""The Method page's tables and words, from the code lists and from what the store and the gazetteer hold."""

from importlib.metadata import version

import pandas as pd

import geo
from data import Store
from data.schema import code_lists as names
from data.schema import codes, crosswalks

INTRODUCTION = """
Dateline shows **published reports** of incidents, afterwards. Every record keeps the words of its source for the
place and the date, and says how closely each is known. What is not known is drawn as not known: an incident "near"
a village is an area, one known only to its region is a mark for the region, and a name that fits several places
stays undecided, with its candidates, until a person decides.
"""

PUBLICATION = """
#### What is public, and what is never kept
A record is shown only when its status allows it, its sensitivity is public, no embargo runs and nothing in its text
waits to be looked at. Prisoners of war, detainees, victims and children are protected: there is no field for a
private person's name, and texts that seem to hold one are set aside for a person to read. A source's text is not
published: its link, its hash and at most 300 characters are.

Administrative units and names are those of the gazetteer; outlines are Natural Earth's. Neither is a statement about
the status of any territory.
"""

TITLES = {
    "geo_precision": "Precision of a place",
    "date_precision": "Precision of a date",
    "date_basis": "What a date rests on",
    "event_type": "Types of event",
    "event_subtype": "Subtypes of event",
    "modality": "Modality: who says so, and how",
    "place_relation": "Relation to a place",
    "geo_status": "Decision on a place",
    "geo_method": "How a position was found",
    "status": "Status of a record",
    "sensitivity": "Sensitivity",
    "reliability": "Reliability of a source",
    "credibility": "Credibility of a report",
}


def code_lists() -> dict[str, pd.DataFrame]:
    """Return every code list as a table, under its title, with the other data sets' codes where they map."""
    ordered = [name for name in TITLES if name in names()] + [name for name in names() if name not in TITLES]
    return {TITLES.get(name, name.replace("_", " ").capitalize()): code_table(name) for name in ordered}


def code_table(name: str) -> pd.DataFrame:
    """Return one code list: code, label, definition, and a column for each crosswalk."""
    rows = codes(name).values()
    table = pd.DataFrame(
        {
            "Code": [row.code for row in rows],
            "Label": [row.label for row in rows],
            "Definition": [row.definition for row in rows],
        }
    )
    for walk in crosswalks().values():
        if walk.list == name:
            heading = walk.their_field if walk.reversible else f"{walk.their_field} (one way)"
            table[heading] = [str(walk.forward.get(code, "–")) for code in table["Code"]]
    return table


def holdings(store: Store, gazetteer: geo.Gazetteer) -> pd.DataFrame:
    """Return what this instance holds, counted now."""
    counts, extent = store.events.counts(), store.events.extent()
    rows = [
        ("Public incidents", f"{counts.total:,}"),
        ("of them without a place on the map", f"{counts.unplaced:,}"),
        ("First and last day", f"{extent.date_min} to {extent.date_max}"),
        ("Places in the gazetteer", f"{gazetteer.count:,}"),
        *[
            (f"Gazetteer source: {source['label']}", f"{source['places']:,} places ({source['origin']})")
            for source in gazetteer.sources()
        ],
    ]
    return pd.DataFrame(rows, columns=["What", "How much"])


def versions(store: Store, gazetteer: geo.Gazetteer) -> str:
    """Return the versions that a citation needs."""
    named = {"Dateline": version("dateline"), "data": store.events.version, "gazetteer": gazetteer.version}
    return " · ".join(f"{name} {number}" for name, number in named.items())

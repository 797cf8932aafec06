"""Decisions of people: an append-only log, effects written with it in one transaction, undone by further decisions."""

from data.decisions.model import (
    Choice,
    Decision,
    DuplicateDecision,
    FieldDecision,
    PlaceDecision,
    RowDecision,
    Spot,
    StatusDecision,
)

__all__ = [
    "Choice",
    "Decision",
    "DuplicateDecision",
    "FieldDecision",
    "PlaceDecision",
    "RowDecision",
    "Spot",
    "StatusDecision",
]

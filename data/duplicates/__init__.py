"""Incidents that may be one and the same: pairs worth comparing, how alike they are, proposals with reasons.

Nothing is merged here. A proposal waits for a person, and merging keeps every report.
"""

from data.duplicates.model import Proposal, proposals

__all__ = ["Proposal", "proposals"]

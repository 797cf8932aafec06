"""Online geocoders, off unless asked for by name: one limiter, one cache, each provider's terms kept.

>>> from geo.online import Online
>>> online = Online(["nominatim"], user_agent="harbour-desk (maps@harbour.news)")   # doctest: +SKIP
>>> online.resolve("Saltivka, Kharkiv").candidates[0].attribution                   # doctest: +SKIP
'© OpenStreetMap contributors, ODbL 1.0'
"""

from geo.online.client import Online, from_environment
from geo.online.service import PROVIDERS, Provider

__all__ = ["PROVIDERS", "Online", "Provider", "from_environment"]

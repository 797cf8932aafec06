"""The providers as data, and one of them with the settings it needs."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from geopy.adapters import URLLibAdapter

from geo.errors import OnlineRefused

TIMEOUT_S = 10.0
_SAMPLES = re.compile(
    r"my[-_ ]?(application|app|user[-_ ]?agent)\b|specify_your_app_name|your[-_ ]?(app|name|agent)|geopy(/|$)|"
    r"^(dateline|test|app|agent|user-agent|unknown)(/[\d.]+)?$|python-(requests|urllib)|^mozilla/|^curl|example\.(com|org|net)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Provider:
    """What a provider is, asks for and allows; see `providers.toml`."""

    name: str
    title: str
    url: str
    delay_s: float
    keep_days: float
    keep_miss_days: float
    needs: tuple[str, ...]
    attribution: str
    attribution_url: str
    terms_url: str
    terms: str


def _read() -> dict[str, Provider]:
    raw = tomllib.loads((files("geo.online") / "providers.toml").read_text(encoding="utf-8"))
    return {name: Provider(name, **{**row, "needs": tuple(row["needs"])}) for name, row in raw.items()}


PROVIDERS: Mapping[str, Provider] = _read()


@dataclass(frozen=True, slots=True)
class Service:
    """A provider with the settings to reach it."""

    provider: Provider
    user_agent: str
    url: str
    settings: Mapping[str, str] = field(default_factory=dict)
    """What the provider needs besides: `username`, `key`."""
    timeout_s: float = TIMEOUT_S

    def options(self) -> dict[str, Any]:
        """Return what every geopy geocoder takes."""
        parts = urlsplit(self.url)
        return {
            "scheme": parts.scheme,
            "domain": parts.netloc + parts.path.rstrip("/"),
            "user_agent": self.user_agent,
            "timeout": self.timeout_s,
            "adapter_factory": URLLibAdapter,  # the other one tries again by itself, past our limiter
        }


def names(text: str) -> list[str]:
    """Return the providers named in `nominatim,photon`; raise OnlineRefused for one that is not known."""
    wanted = [name.strip().casefold() for name in text.split(",") if name.strip()]
    for name in wanted:
        if name not in PROVIDERS:
            raise OnlineRefused(
                f"{name!r} is no online geocoder known here: choose among {', '.join(PROVIDERS)}"
            )
    return list(dict.fromkeys(wanted))


def check_user_agent(user_agent: str) -> str:
    """Return a User-Agent that says who is asking; raise OnlineRefused for none or a sample."""
    text = user_agent.strip()
    if not text or not text.isprintable() or _SAMPLES.search(text):
        shown = f"{text[:60]!r} does not say who is asking" if text else "nothing says who is asking"
        raise OnlineRefused(
            f"{shown}: set DATELINE_USER_AGENT to your organisation and a contact, as the providers' terms require"
        )
    return text


def service(name: str, user_agent: str | None = None, timeout_s: float | None = None) -> Service:
    """Return a provider with its settings from the environment (`DATELINE_NOMINATIM_URL`, ...)."""
    provider = PROVIDERS[name]
    agent = check_user_agent(user_agent or os.environ.get("DATELINE_USER_AGENT", ""))
    prefix = f"DATELINE_{name.upper()}_"
    given = {
        key.removeprefix(prefix).lower(): value.strip()
        for key, value in os.environ.items()
        if key.startswith(prefix) and value.strip()
    }
    for need in provider.needs:
        if need not in given:
            raise OnlineRefused(f"{provider.title} needs {prefix}{need.upper()} (see {provider.terms_url})")
    url = given.pop("url", provider.url)
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).netloc:
        raise OnlineRefused(f"{prefix}URL should be an address such as https://host, not {url!r}")
    return Service(provider, agent, url, given, timeout_s or _timeout_s())


def _timeout_s() -> float:
    text = os.environ.get("DATELINE_ONLINE_TIMEOUT", "")
    try:
        return min(300.0, max(0.05, float(text))) if text else TIMEOUT_S
    except ValueError as error:
        raise OnlineRefused(f"DATELINE_ONLINE_TIMEOUT should be seconds, not {text!r}") from error

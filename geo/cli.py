"""`python -m geo`: build, install, status, geocode, batch, reverse, resolve, parse, train."""

from __future__ import annotations

import sys
from dataclasses import asdict

import click

from geo.batch import to_json
from geo.gazetteer import Gazetteer, open_gazetteer
from geo.model import Resolution
from geo.terminal import FAILED_ROWS, in_bulk, known_beforehand, lat_lon, plain_errors, progress
from geo.train.cli import train

ONLINE_HELP = (
    "Ask an online geocoder (nominatim, photon, ...; see `providers`) for what the gazetteer does not know."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Find places offline: names in any script, ranked answers, doubt stated."""


@main.command()
@click.option("--force", is_flag=True, help="Build anew even when nothing has changed.")
@plain_errors
def build(force: bool) -> None:
    """Build the gazetteer from the installed packages; does nothing when it is up to date."""
    from geo.build import build as build_gazetteer

    built = build_gazetteer(force=force, progress=progress)
    gazetteer = open_gazetteer()
    click.echo(f"{gazetteer.count:,} places in {gazetteer.path}" + ("" if built else " (up to date)"))


@main.command()
@click.argument("countries", nargs=-1, required=True, metavar="CC...")
@click.option(
    "--from", "origin", help="A folder, a .txt, a .zip or an http(s) address; default: GeoNames' own."
)
@plain_errors
def install(countries: tuple[str, ...], origin: str | None) -> None:
    """Add the GeoNames dump of one or more countries, e.g. `install UA BY`."""
    from geo.install import install as install_dumps

    for done in install_dumps(countries, origin, progress=progress):
        click.echo(
            f"{done.country}: {done.places:,} places (before: {done.before:,}), sha256 {done.sha256[:16]}"
        )


@main.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--check", is_flag=True, help="Also read the whole file and the kept dumps; exit 1 if damaged.")
@plain_errors
def status(as_json: bool, check: bool) -> None:
    """Say what the gazetteer holds and what it was built from, with the checksum of what was read."""
    from geo.build import fingerprint, inputs, stored_fingerprint

    gazetteer = open_gazetteer()
    current = stored_fingerprint(gazetteer.path) == fingerprint(inputs())
    size_mb = gazetteer.path.stat().st_size / 1e6
    damage = _damage(gazetteer) if check else []
    if as_json:
        summary = {
            "path": str(gazetteer.path),
            "places": gazetteer.count,
            "version": gazetteer.version,
            "size_mb": round(size_mb, 1),
            "up_to_date": current,
            "sources": gazetteer.sources(),
        }
        if check:
            summary["damage"] = damage
        click.echo(to_json(summary))
        sys.exit(FAILED_ROWS if damage else 0)
    click.echo(f"{gazetteer.path}: {gazetteer.count:,} places, {size_mb:.0f} MB, version {gazetteer.version}")
    for row in gazetteer.sources():
        checksum = f"sha256 {row['sha256'][:16]}" if row["sha256"] else ""
        click.echo(
            f"  {row['label']:32} {row['places']:>9,}  {row['read_at'][:10]}  {row['origin']}  {checksum}".rstrip()
        )
    if not current:
        click.echo("what it was built from has changed since: run `python -m geo build`")
    if check:
        for line in damage or ["whole: every page, count and checksum is as it was written"]:
            click.echo(line)
        sys.exit(FAILED_ROWS if damage else 0)


def _damage(gazetteer: Gazetteer) -> list[str]:
    """Return what is wrong with the gazetteer and the dumps kept for its next build."""
    from geo import paths, schema
    from geo.assemble import sha256

    found = [f"{line}: {schema.REBUILD}" for line in gazetteer.damage()]
    for row in gazetteer.sources():
        country = str(row["source"]).removeprefix("geonames:")
        kept = paths.dumps_path() / f"{country}.txt"
        if country != row["source"] and kept.is_file() and sha256(kept) != row["sha256"]:
            found.append(f"{kept} is not what was installed: run `python -m geo install {country}`")
    return found


@main.command()
@click.argument("place")
@click.option("--country", help="Code or name of the country.")
@click.option("--within", multiple=True, help="A containing place; repeat from narrow to wide.")
@click.option(
    "--near", callback=lat_lon, metavar="LAT,LON", help="A position the place is probably close to."
)
@click.option(
    "--limit", default=10, show_default=True, type=click.IntRange(1, 100), help="How many candidates."
)
@click.option("--online", metavar="PROVIDER", help=ONLINE_HELP)
@click.option("--no-gazetteer", is_flag=True, help="With --online: ask nothing else.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, as a line of `batch`.")
@plain_errors
def geocode(
    place: str,
    country: str | None,
    within: tuple[str, ...],
    near: tuple[float, float] | None,
    limit: int,
    online: str | None,
    no_gazetteer: bool,
    as_json: bool,
) -> None:
    """Answer one place, e.g. `geocode "Bilohorivka, Donetsk Oblast"`."""
    if no_gazetteer:
        if not online:
            raise click.UsageError("--no-gazetteer needs --online PROVIDER")
        from geo.online import Online
        from geo.online.fallback import ask_online

        code = (country or "").strip().upper()
        if code and len(code) != 2:
            raise click.UsageError("--no-gazetteer needs a two-letter --country")
        resolution = ask_online(Online(online), None, place, within=within, country=code, limit=limit)
    else:
        resolution = open_gazetteer().resolve(
            place, within=within, country=country, near=near, limit=limit, provider=online
        )
    if as_json:
        click.echo(to_json(resolution.to_dict()))
    else:
        _print(resolution)
    if resolution.problem:
        sys.exit(FAILED_ROWS)


def _print(resolution: Resolution) -> None:
    where = "no position"
    if resolution.lat is not None and resolution.lon is not None and resolution.radius_m is not None:
        where = f"{resolution.lat:.5f}, {resolution.lon:.5f} within {resolution.radius_m / 1000:.1f} km"
    click.echo(f"{resolution.status} ({resolution.relation}, {resolution.geo_precision}): {where}")
    for reason in resolution.reasons:
        click.echo(f"  {reason}")
    for c in resolution.candidates:
        place = ", ".join(part for part in (c.name, c.admin1, c.country) if part)
        click.echo(f"{c.probability:6.1%}  {place}  {c.lat:.5f}, {c.lon:.5f}  {c.geo_precision}  {c.id}")
        click.echo(f"        {'; '.join(c.reasons)}")
    for attribution in dict.fromkeys(c.attribution for c in resolution.candidates if c.attribution):
        click.echo(attribution)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@plain_errors
def providers(as_json: bool) -> None:
    """List the online geocoders, their terms and what must be shown beside their answers. None is used unasked."""
    from geo.online import PROVIDERS

    for one in PROVIDERS.values():
        if as_json:
            click.echo(to_json(asdict(one)))
            continue
        needs = "".join(f"; needs DATELINE_{one.name.upper()}_{need.upper()}" for need in one.needs)
        kept = f"answers kept {one.keep_days:g} days" if one.keep_days else "answers never kept"
        click.echo(f"{one.name}: {one.title}, a request every {one.delay_s:g} s, {kept}{needs}")
        click.echo(f"  {one.terms} {one.terms_url}")
        click.echo(f"  {one.attribution} {one.attribution_url}")


@main.command()
@click.argument("prefix")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 100))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@plain_errors
def suggest(prefix: str, limit: int, as_json: bool) -> None:
    """Complete a name, e.g. `suggest bakh`: most populous first, any script."""
    for c in open_gazetteer().suggest(prefix, limit):
        place = ", ".join(part for part in (c.name, c.admin1, c.country) if part)
        click.echo(to_json(c.to_dict()) if as_json else f"{place}  {c.population:,}  {c.id}")


@main.command()
@click.argument("point", metavar="LAT,LON", callback=lat_lon)
@click.option("--limit", default=5, show_default=True, type=click.IntRange(1, 100))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@plain_errors
def reverse(point: tuple[float, float], limit: int, as_json: bool) -> None:
    """Name the settlements nearest to a position (write `-- -34.6,-58.4` for a negative latitude)."""
    for location in open_gazetteer().reverse(point, exactly_one=False, limit=limit) or []:
        if as_json:
            click.echo(to_json(location.raw))
        else:
            click.echo(f"{location.address}  {location.raw['reasons'][0]}  {location.raw['id']}")


@main.command()
@click.argument("source", metavar="IN", type=click.Path(dir_okay=False, allow_dash=True))
@click.argument("target", metavar="OUT", type=click.Path(dir_okay=False, allow_dash=True))
@click.option(
    "--limit", default=10, show_default=True, type=click.IntRange(1, 100), help="Candidates a line."
)
@click.option("--online", metavar="PROVIDER", help=ONLINE_HELP)
@in_bulk
@known_beforehand
@click.option("--alone", is_flag=True, help="Let the lines know nothing of one another.")
@plain_errors
def batch(
    source: str,
    target: str,
    limit: int,
    online: str | None,
    jobs: int | None,
    scheduler: str | None,
    country: str,
    near: tuple[float, float] | None,
    alone: bool,
) -> None:
    """Answer JSON lines {"id","place"[,"within","country"]}, one line for each, in order; `-` is stdin or stdout."""
    _answer_file(
        "batch",
        source,
        target,
        limit,
        jobs,
        scheduler,
        online=online,
        country=country,
        near=near,
        table=not alone,
    )


def _answer_file(
    command: str,
    source: str,
    target: str,
    limit: int,
    jobs: int | None,
    scheduler: str | None,
    *,
    online: str | None = None,
    country: str = "",
    near: tuple[float, float] | None = None,
    table: bool = False,
) -> None:
    """Answer a file of JSON lines; end with 1 when some of it could not be read."""
    from geo.bulk import Job, answer_file
    from geo.priors import Priors

    gazetteer = open_gazetteer(online=online)
    job = Job(str(gazetteer.path.absolute()), limit, online, command, Priors(country, near), table)
    failed = answer_file(source, target, gazetteer, job, jobs, scheduler)
    if failed:
        what = "line(s)" if command == "batch" else "line(s) or mention(s)"
        click.echo(f"geo: {failed:,} {what} could not be read; see their “error”", err=True)
        sys.exit(FAILED_ROWS)


@main.command()
@click.argument("source", metavar="IN", type=click.Path(dir_okay=False, allow_dash=True))
@click.argument("target", metavar="OUT", type=click.Path(dir_okay=False, allow_dash=True))
@known_beforehand
@click.option(
    "--limit", default=5, show_default=True, type=click.IntRange(1, 100), help="Candidates a mention."
)
@in_bulk
@plain_errors
def resolve(
    source: str,
    target: str,
    country: str,
    near: tuple[float, float] | None,
    limit: int,
    jobs: int | None,
    scheduler: str | None,
) -> None:
    """Answer the marked names of documents: JSON lines {"doc_id","text","mentions":[{"start","end"}]}."""
    _answer_file("resolve", source, target, limit, jobs, scheduler, country=country, near=near)


@main.command()
@click.argument("source", metavar="IN", type=click.Path(dir_okay=False, allow_dash=True))
@click.argument("target", metavar="OUT", type=click.Path(dir_okay=False, allow_dash=True))
@known_beforehand
@click.option(
    "--limit", default=5, show_default=True, type=click.IntRange(1, 100), help="Candidates a mention."
)
@in_bulk
@plain_errors
def parse(
    source: str,
    target: str,
    country: str,
    near: tuple[float, float] | None,
    limit: int,
    jobs: int | None,
    scheduler: str | None,
) -> None:
    """Find and answer the place names of documents: JSON lines {"doc_id","text"[,"title","source","country"]}."""
    _answer_file("parse", source, target, limit, jobs, scheduler, country=country, near=near)


main.add_command(train)

"""`python -m geo train`."""

from __future__ import annotations

from pathlib import Path

import click

from geo import paths
from geo.terminal import plain_errors, progress


@click.command()
@click.option(
    "--corpora",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Learn `resolve` from a folder with trnews.jsonl and geovirus.jsonl.",
)
@click.option(
    "--mentions",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Learn to find names, for `parse`, from such a folder.",
)
@click.option(
    "--strings",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Learn `geocode` and `batch` from a table of incidents with place columns and positions; may repeat.",
)
@click.option(
    "--gazetteer",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="With --strings: gazetteer files instead of the one installed; may repeat.",
)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write here, not into the package."
)
@plain_errors
def train(
    corpora: Path | None,
    mentions: Path | None,
    strings: tuple[Path, ...],
    gazetteer: tuple[Path, ...],
    out: Path | None,
) -> None:
    """Learn the weights of documents, mentions or place strings anew; the same input gives the same weights."""
    if (corpora is not None) + (mentions is not None) + bool(strings) != 1:
        raise click.UsageError("give one of --corpora, --mentions and --strings")
    if mentions is not None:
        from geo.train.mentions_run import train_mentions_command

        train_mentions_command(mentions, out, progress)
        return
    if corpora is not None:
        from geo.train.run import train_command

        train_command(corpora, out, progress)
        return
    from geo.train.strings_run import train_strings_command

    train_strings_command(strings, gazetteer or (paths.gazetteer_path(),), out, progress)

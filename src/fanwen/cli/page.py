"""fanwen page: the picture of a page."""

from __future__ import annotations

from pathlib import Path

import click

from fanwen.cli.console import document_or_stop
from fanwen.intake.app.rendition import rendition_of
from fanwen.intake.render import Renderers


@click.command("page")
@click.argument("number")
@click.argument("page", type=click.IntRange(1), metavar="K")
@click.option("-o", "output", type=click.Path(path_type=Path), required=True, metavar="FILE", help="Where to write it.")
@click.option("--width", type=click.IntRange(16, 4000), default=1200, show_default=True, help="Pixels.")
def command(number: str, page: int, output: Path, width: int) -> None:
    """Write page K as a picture: WebP, or JPEG or PNG where FILE ends so."""
    document = document_or_stop(number)
    if page > document.page_count:
        raise click.ClickException(f"document {number} has no page {page}; it has {document.page_count}")
    image = {".jpg": "jpeg", ".jpeg": "jpeg", ".png": "png"}.get(output.suffix.lower(), "webp")
    renderers = Renderers(1)
    try:
        output.write_bytes(renderers.render(rendition_of(document), page, width, image=image))
    except OSError as error:
        raise click.ClickException(f"can't write {output}: {error.strerror}") from error
    finally:
        renderers.close()

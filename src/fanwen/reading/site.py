"""The site's name and foot, asked for by every page and read again only when something was committed."""

from __future__ import annotations

from django.conf import settings
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils.translation import gettext as _

from fanwen.library import watch
from fanwen.reading.models import Site

KEY = 1

_kept: tuple[int | None, Site] | None = None


def site() -> Site:
    """What the administrator said; an empty one where they said nothing."""
    global _kept
    state = watch.state()
    if _kept is None or _kept[0] != state:
        _kept = state, Site.objects.filter(pk=KEY).first() or Site(pk=KEY)
    return _kept[1]


def site_name() -> str:
    return site().name or settings.SITE_NAME or _("Fanwen")


@receiver(post_save, sender=Site)
def forget(**said: object) -> None:
    """Read it again: also within the transaction that changes it."""
    global _kept
    _kept = None

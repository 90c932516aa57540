"""What the administrator says of the site, shown on every page."""

from __future__ import annotations

from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

_ON_THE_WEB = URLValidator(schemes=["https", "http"])


class Site(models.Model):
    """One row, with the key 1; it is there once an administrator has opened it."""

    name = models.CharField(
        _("name"),
        max_length=60,
        blank=True,
        help_text=_("Shown at the top and the foot of every page. Empty: the name from the settings."),
    )
    lines = models.TextField(
        _("lines at the foot"),
        max_length=1000,
        blank=True,
        help_text=_("Plain text, a line each: whose library it is, how to reach you."),
    )
    filing_number = models.CharField(
        _("filing number"), max_length=60, blank=True, help_text=_("For example an ICP filing number.")
    )
    filing_address = models.URLField(_("address the filing number leads to"), blank=True, validators=[_ON_THE_WEB])
    security_number = models.CharField(_("public security filing number"), max_length=60, blank=True)
    security_address = models.URLField(_("address that number leads to"), blank=True, validators=[_ON_THE_WEB])

    class Meta:
        verbose_name = _("name and foot of the site")
        verbose_name_plural = _("name and foot of the site")

    def __str__(self) -> str:
        return self.name or str(self._meta.verbose_name)

    @property
    def filings(self) -> list[tuple[str, str]]:
        """Filing numbers with the addresses they lead to, which may be empty."""
        pairs = ((self.filing_number, self.filing_address), (self.security_number, self.security_address))
        return [pair for pair in pairs if pair[0]]

"""The site's name and foot for the administrator: one form, without a list."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fanwen.reading.models import Site
from fanwen.reading.site import KEY

admin.site.site_header = admin.site.site_title = _("Administration of the library")
admin.site.index_title = _("What can be administered")


@admin.register(Site)
class SiteAdmin(admin.ModelAdmin):
    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if self.has_change_permission(request):
            Site.objects.get_or_create(pk=KEY)
            return HttpResponseRedirect(reverse("admin:reading_site_change", args=[KEY]))
        return super().changelist_view(request, extra_context)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

"""Collections for the administrator: which of the public ones are worth seeing, and taking one away."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from fanwen.shelves.models import Collection


@admin.register(Collection)
class CollectionAdmin(admin.ModelAdmin):
    list_display = ("name", "owner", "public", "worth_seeing", "changed_at")
    list_filter = ("public", "worth_seeing")
    list_editable = ("worth_seeing",)
    list_select_related = ("owner",)
    search_fields = ("name", "key")
    fields = ("name", "description", "public", "worth_seeing")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

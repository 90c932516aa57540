"""Reports for the staff: what was said, what was done about it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib import messages as notices
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fanwen.care import reports
from fanwen.care.models import Reason, Report
from fanwen.library.actions.withdraw import withdraw


@admin.register(Reason)
class ReasonAdmin(admin.ModelAdmin):
    list_display = ("name", "english", "position", "offered")
    list_editable = ("english", "position", "offered")


@admin.register(Report)
class ReportAdmin(admin.ModelAdmin):
    list_display = ("made_at", "about", "reason", "page", "state")
    list_filter = ("state", "reason")
    list_select_related = ("document", "reason")
    search_fields = ("document__title", "document__number", "text", "note")
    fields = ("about", "reason", "page", "text", "contact", "made_at", "state", "note")
    readonly_fields = ("about", "reason", "page", "text", "contact", "made_at")
    actions = ("settle", "withdraw")

    @admin.display(description=_("document"))
    def about(self, report: Report) -> SafeString:
        page = f"?page={report.page}" if report.page else ""
        address = reverse("reading:document", args=(report.document.number,)) + page
        return format_html('<a href="{}">{}</a> {}', address, report.document, report.document.get_visibility_display())

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Report, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if "state" in form.changed_data and obj.state == Report.State.SETTLED:
            Report.objects.filter(pk=obj.pk).update(state=Report.State.OPEN)
            reports.settle(Report.objects.filter(pk=obj.pk), by=request.user)

    @admin.action(description=_("Settle the chosen reports"))
    def settle(self, request: HttpRequest, queryset: QuerySet[Report]) -> None:
        reports.settle(queryset, by=request.user)

    @admin.action(description=_("Withdraw the documents reported, and settle the reports"))
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Report]) -> None:
        """The documents become private, and their uploaders are told the reason of the report."""
        for report in queryset.select_related("document", "reason"):
            withdraw(report.document, str(report.reason or gettext("reported")), by=request.user)
        reports.settle(queryset, by=request.user)
        notices.success(request, gettext("The documents are private now."))

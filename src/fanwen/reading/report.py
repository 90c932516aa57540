"""/d/<number>/report/: a reader says what is wrong with a document. No account is needed."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fanwen.care import reports
from fanwen.care.models import Reason
from fanwen.config.proxies import address_of
from fanwen.reading.found import document_or_404
from fanwen.reading.paging import whole_number


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, number: str) -> HttpResponse:
    document = document_or_404(request, number)
    reasons = list(Reason.objects.filter(offered=True))
    said = request.POST if request.method == "POST" else request.GET
    page = whole_number(said.get("page"))
    context = {
        "document": document,
        "reasons": reasons,
        "chosen": whole_number(said.get("reason"), most=2**62),
        "page": min(page, document.page_count) or "",
        "text": request.POST.get("text", "").replace("\0", "").strip(),
        "contact": request.POST.get("contact", "").replace("\0", "").strip(),
        "longest": reports.LONGEST,
    }
    if request.method != "POST":
        return render(request, "reading/report.html", context)
    reason = next((reason for reason in reasons if reason.pk == context["chosen"]), None)
    if reasons and reason is None:
        return render(request, "reading/report.html", {**context, "problem": _("Please choose a reason.")}, status=422)
    if not reasons and not context["text"]:
        return render(
            request, "reading/report.html", {**context, "problem": _("Please say what is wrong.")}, status=422
        )
    try:
        reports.report(
            document,
            reports.sender_of(address_of(request.META, settings.TRUSTED_PROXIES)),
            reason=reason,
            text=str(context["text"]),
            contact=str(context["contact"]),
            page=min(page, document.page_count) or None,
        )
    except reports.TooMany:
        problem = _("Several reports have come from you within the hour. Please wait a little before the next one.")
        return render(request, "reading/report.html", {**context, "problem": problem}, status=429)
    return render(request, "reading/report_thanks.html", {"document": document})

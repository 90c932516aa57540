"""Categories, tags and documents for the administrator. The search index hears of every change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from fanwen.library import catalogue
from fanwen.library.actions.delete_document import delete_document
from fanwen.library.actions.withdraw import withdraw
from fanwen.library.models import Category, Document, Tag
from fanwen.library.signals import document_changed


@admin.register(Category)
class CategoryAdmin(admin.ModelAdmin):
    list_display = ("name", "parent", "position")
    list_editable = ("position",)
    list_select_related = ("parent",)
    search_fields = ("name",)

    def save_model(self, request: HttpRequest, obj: Category, form: Any, change: bool) -> None:
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            _tell(Document.objects.filter(category__in=catalogue.below(obj)))

    def delete_model(self, request: HttpRequest, obj: Category) -> None:
        self.delete_queryset(request, Category.objects.filter(pk=obj.pk))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Category]) -> None:
        """Documents of a deleted category stay, without one."""
        with transaction.atomic():
            below = {key for category in queryset for key in catalogue.below(category)}
            documents = list(Document.objects.filter(category__in=below))
            super().delete_queryset(request, queryset)
            _tell(documents)


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin):
    search_fields = ("name",)

    def save_model(self, request: HttpRequest, obj: Tag, form: Any, change: bool) -> None:
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            _tell(obj.documents.all())


@admin.register(Document)
class DocumentAdmin(admin.ModelAdmin):
    """What people say about a document can be corrected; what intake found out can't. New ones come by upload."""

    list_display = ("title", "number", "format", "page_count", "status", "visibility", "category", "uploaded_at")
    list_filter = ("status", "visibility", "format", "category")
    list_select_related = ("category",)
    search_fields = ("title", "number")
    fields = ("title", "description", "category", "tags", "visibility", "withdrawn", "uploader", "shown_as")
    autocomplete_fields = ("tags", "category")
    raw_id_fields = ("uploader",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Document]:
        """Versions are found through their document."""
        documents: QuerySet[Document] = super().get_queryset(request)
        return documents.filter(version_of=None)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """After title, category and tags are all saved."""
        with transaction.atomic():
            super().save_related(request, form, formsets, change)
            form.instance.versions.update(uploader=form.instance.uploader)
            if form.instance.withdrawn and "withdrawn" in form.changed_data:
                withdraw(form.instance, form.instance.withdrawn, by=request.user)
            if "title" in form.changed_data:
                Document.objects.filter(pk=form.instance.pk).update(title_given=True)
            _tell([form.instance])

    def delete_model(self, request: HttpRequest, obj: Document) -> None:
        delete_document(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Document]) -> None:
        for document in queryset:
            delete_document(document)


def _tell(documents: Iterable[Document]) -> None:
    for document in documents:
        document_changed.send(Document, number=document.number)

"""Addresses of the reading pages."""

from __future__ import annotations

from django.urls import path, register_converter

from fanwen.reading import (
    account,
    account_settings,
    browse,
    browse_index,
    cite,
    collection_edit,
    collections,
    document,
    embed,
    favourites,
    feeds,
    files,
    fill,
    fill_batch,
    fill_draft,
    fill_many,
    fill_preview,
    filled,
    health,
    home,
    images,
    inside,
    live,
    mask,
    mine,
    preferences,
    replace,
    report,
    results,
    review,
    saved_searches,
    share,
    site_files,
    template_page,
    text,
    thumbnails,
    tus,
    upload,
    upload_known,
    upload_rows,
    values,
    versions,
)


class NumberConverter:
    """A document's public number."""

    regex = "[1-9][0-9]{8}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class VersionConverter(NumberConverter):
    """Which bytes a page image is made of (`fanwen.reading.rendering.version`)."""

    regex = "[0-9a-f]{24}"


class KeyConverter(NumberConverter):
    """Names a preview (`fanwen.blanks.app.previews.ask`)."""

    regex = "[0-9a-f]{64}"


register_converter(KeyConverter, "key")


class PictureConverter(NumberConverter):
    """The form of a QR code."""

    regex = "svg|png"


class CitationConverter(NumberConverter):
    """The form of a citation as a file."""

    regex = "bib|ris"


register_converter(NumberConverter, "number")
register_converter(PictureConverter, "kind")
register_converter(CitationConverter, "citation")
register_converter(VersionConverter, "version")

app_name = "reading"
urlpatterns = [
    path("", home.home, name="home"),
    path("search/", results.results, name="results"),
    path("search/suggestions/", results.suggestions, name="suggestions"),
    path("search/feed/", feeds.search_feed, name="search_feed"),
    path("feed/", feeds.newest_feed, name="newest_feed"),
    path("feed/c/<int:key>/", feeds.category_feed, name="category_feed"),
    path("feed/t/<path:name>/", feeds.tag_feed, name="tag_feed"),
    path("feed/u/<int:key>/", feeds.uploader_feed, name="uploader_feed"),
    path("feed/collections/<slug:key>/", feeds.collection_feed, name="collection_feed"),
    path("all/", browse.everything, name="everything"),
    path("templates/", browse.templates, name="templates"),
    path("c/<int:key>/", browse.category, name="category"),
    path("t/<path:name>/", browse.tag, name="tag"),
    path("u/<int:key>/", browse.uploader, name="uploader"),
    path("categories/", browse_index.category_index, name="category_index"),
    path("tags/", browse_index.tag_index, name="tag_index"),
    path("d/<number:number>/", document.document_page, name="document"),
    path("d/<number:number>/pages/", document.more_pages, name="more_pages"),
    path("d/<number:number>/find/", inside.find, name="find"),
    path("d/<number:number>/thumbnails/", thumbnails.thumbnails, name="thumbnails"),
    path("d/<number:number>/text/", text.full_text, name="full_text"),
    path("d/<number:number>/text.txt", text.plain_text, name="plain_text"),
    path("d/<number:number>/stages/", live.stage_list, name="stages"),
    path("d/<number:number>/share/", share.share, name="share"),
    path("d/<number:number>/share/link/", share.make_link, name="make_link"),
    path("d/<number:number>/share/link/<int:key>/revoke/", share.revoke_link, name="revoke_link"),
    path("d/<number:number>/qr.<kind:kind>", share.qr_code, name="qr_code"),
    path("s/<slug:token>/", share.open_link, name="secret_link"),
    path("d/<number:number>/embed/", embed.embed, name="embed"),
    path("oembed", embed.oembed, name="oembed"),
    path("d/<number:number>/cite/", cite.cite, name="cite"),
    path("d/<number:number>/cite.<citation:kind>", cite.citation_file, name="citation_file"),
    path("d/<number:number>/report/", report.report, name="report"),
    path("account/", account_settings.account, name="account"),
    path("d/<number:number>/versions/", versions.version_list, name="versions"),
    path("d/<number:number>/versions/new/", replace.replace, name="replace"),
    path("d/<number:number>/versions/drop/", replace.drop, name="drop_version"),
    path("d/<number:number>/v/<int:version>/", versions.version_page, name="version"),
    path("d/<number:number>/v/<int:version>/changes/", versions.changes, name="version_changes"),
    path("d/<number:number>/retry/", live.retry, name="retry"),
    path("d/<number:number>/original", files.original, name="original"),
    path("d/<number:number>/pdf", files.pdf, name="pdf"),
    path("d/<number:number>/<version:version>/p<int:page>-<int:width>", images.page_image, name="page_image"),
    path("d/<number:number>/fill/", fill.fill_page, name="fill"),
    path("d/<number:number>/fill/draft/", fill_draft.save_draft, name="draft"),
    path("d/<number:number>/fill/draft/version", fill_draft.draft_version, name="draft_version"),
    path("d/<number:number>/fill/rows/", fill_draft.rows, name="fill_rows"),
    path("d/<number:number>/fill/share/", fill_draft.share, name="share_draft"),
    path("d/<number:number>/fill/anew/", fill_draft.drop_draft, name="drop_draft"),
    path("d/<number:number>/fill/sheet/", fill_many.fill_many, name="fill_many"),
    path("d/<number:number>/fill/sheet/<slug:token>/", fill_batch.batch_page, name="batch"),
    path("d/<number:number>/fill/sheet/<slug:token>/progress/", fill_batch.batch_progress, name="batch_progress"),
    path("d/<number:number>/fill/sheet/<slug:token>/documents.zip", fill_batch.batch_zip, name="batch_zip"),
    path("d/<number:number>/fill/sheet.xlsx", fill_many.empty_sheet, name="empty_sheet"),
    path("d/<number:number>/fill/preview/", fill_preview.ask, name="ask_preview"),
    path("d/<number:number>/fill/preview/<key:key>/", fill_preview.preview_page, name="preview"),
    path(
        "d/<number:number>/fill/preview/<key:key>/p<int:page>-<int:width>",
        fill_preview.image,
        name="preview_image",
    ),
    path("d/<number:number>/fill/<slug:token>/", filled.filled_page, name="filled"),
    path("d/<number:number>/fill/<slug:token>/publish/", filled.publish, name="publish"),
    path("d/<number:number>/fill/<slug:token>/<str:kind>", filled.filled_file, name="filled_file"),
    path("d/<number:number>/template/", template_page.template_page, name="template"),
    path("d/<number:number>/edit/", review.edit, name="edit"),
    path("d/<number:number>/accept/", review.accept, name="accept"),
    path("d/<number:number>/publish/", review.publish, name="publish_checked"),
    path("d/<number:number>/remove/", review.remove, name="remove"),
    path("mine/", mine.mine, name="mine"),
    path("d/<number:number>/favourite/", favourites.favourite, name="favourite"),
    path("d/<number:number>/collect/", collection_edit.collect, name="collect"),
    path("favourites/", favourites.favourites_page, name="favourites"),
    path("collections/", collections.collection_list, name="collections"),
    path("collections/new/", collection_edit.new_collection, name="new_collection"),
    path("collections/<slug:key>/", collections.collection_page, name="collection"),
    path("collections/<slug:key>/edit/", collection_edit.edit_collection, name="edit_collection"),
    path("collections/<slug:key>/entries/", collection_edit.change_entry, name="change_entry"),
    path("collections/<slug:key>/delete/", collection_edit.delete_collection, name="delete_collection"),
    path("collections/<slug:key>/worth-seeing/", collections.worth_seeing, name="worth_seeing"),
    path("searches/", saved_searches.searches_page, name="searches"),
    path("searches/save/", saved_searches.save_search, name="save_search"),
    path("searches/<int:key>/remove/", saved_searches.drop_search, name="drop_search"),
    path("values/", values.my_values, name="values"),
    path("mask/", mask.mask_page, name="mask"),
    path("mask/<slug:token>/", mask.masked_page, name="masked"),
    path("mask/<slug:token>/publish/", mask.publish_masked, name="publish_masked"),
    path("mask/<slug:token>/discard/", mask.discard_masked, name="discard_masked"),
    path("mask/<slug:token>/<str:kind>", mask.masked_file, name="masked_file"),
    path("unmask/", mask.unmask_page, name="unmask"),
    path("upload/", upload.upload, name="upload"),
    path("upload/known/", upload_known.known, name="upload_known"),
    path("upload/progress/", upload_rows.progress, name="upload_progress"),
    path("upload/review/", review.review, name="review"),
    path("upload/tus/", tus.create, name="tus"),
    path("upload/tus/<slug:token>/", tus.resource, name="tus_upload"),
    path("upload/tus/<slug:token>/row/", tus.row, name="tus_row"),
    path("upload/tus/<slug:token>/discard/", upload.discard, name="upload_discard"),
    path("login/", account.SignIn.as_view(), name="login"),
    path("logout/", account.SignOut.as_view(), name="logout"),
    path("welcome/<str:token>/", account.first_administrator, name="welcome"),
    path("language/<str:code>/", preferences.language, name="language"),
    path("theme/<str:name>/", preferences.theme, name="theme"),
    path("healthz", health.healthz, name="healthz"),
    path("robots.txt", site_files.robots, name="robots"),
    path("sitemap.xml", site_files.sitemap, name="sitemap"),
    path("sitemap-<int:part>.xml", site_files.sitemap_part, name="sitemap_part"),
    path("opensearch.xml", site_files.opensearch, name="opensearch"),
    path("favicon.ico", site_files.favicon, name="favicon"),
]

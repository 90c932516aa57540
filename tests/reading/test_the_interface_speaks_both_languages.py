from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from fanwen.intake.causes import CAUSES, NOTES
from fanwen.reading.causes import cause_text
from tests.factories import make_document

CATALOGUE = Path(settings.LOCALE_PATHS[0]) / "zh_Hans" / "LC_MESSAGES" / "django.po"


def test_the_browsers_language_is_used(client: Client) -> None:
    assert '<html lang="zh-Hans"' in client.get("/", HTTP_ACCEPT_LANGUAGE="zh-CN,zh;q=0.9").content.decode()
    assert '<html lang="en"' in client.get("/", HTTP_ACCEPT_LANGUAGE="en-GB,zh;q=0.5").content.decode()
    assert '<html lang="zh-Hans"' in client.get("/", HTTP_ACCEPT_LANGUAGE="fr").content.decode()


def test_the_visitors_choice_is_remembered(chinese: Client) -> None:
    response = chinese.get("/language/en/?next=/all/?p=1")
    assert response["Location"] == "/all/?p=1"
    assert "Find the page you need" in chinese.get("/").content.decode()


def test_the_theme_is_remembered_and_can_be_given_back(english: Client) -> None:
    english.get("/theme/dark/?next=/")
    assert 'data-theme="dark"' in english.get("/").content.decode()
    english.get("/theme/auto/")
    assert "data-theme" not in english.get("/").content.decode()


def test_the_way_back_never_leaves_the_site(english: Client) -> None:
    for target in ("https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", "\\\\elsewhere.example"):
        assert english.get("/language/en/", {"next": target})["Location"] == "/"
    assert english.get("/language/xx/").status_code == 404


@pytest.mark.parametrize("code", [*CAUSES, *NOTES])
def test_every_cause_and_note_has_a_chinese_sentence(code: str) -> None:
    message = CAUSES.get(code) or NOTES[code]
    with translation.override("zh-hans"):
        translated = translation.gettext(message)
    assert translated != message
    assert re.findall(r"\{\w+\}", translated) == re.findall(r"\{\w+\}", message)


def test_a_cause_is_filled_in_even_when_a_value_is_missing() -> None:
    with translation.override("en"):
        assert "12 pages; the limit is 10" in cause_text("too_many_pages", {"pages": 12, "limit": 10})
        assert "… pages" in cause_text("too_many_pages", {})


def test_no_message_is_left_untranslated_or_doubtful() -> None:
    report = subprocess.run(
        ["msgfmt", "--statistics", "--check-format", "-o", "/dev/null", str(CATALOGUE)],
        capture_output=True,
        text=True,
        env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
        check=True,
    )
    assert "untranslated" not in report.stderr
    assert "fuzzy" not in report.stderr


def test_chinese_sentences_use_chinese_punctuation() -> None:
    han = "\u4e00-\u9fff"
    wrong = re.compile(f"[{han}] ?[,;:?!()](?! ?[a-z%{{])|[,;:?!()][{han}]")
    translated = re.findall(r'^msgstr(?:\[0\])? "(.+)"$', CATALOGUE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(translated) > 150
    assert [text for text in translated if wrong.search(text)] == []


def test_every_message_of_the_templates_is_in_the_catalogue(chinese: Client) -> None:
    known = CATALOGUE.read_text(encoding="utf-8")
    templates = Path(settings.PACKAGE) / "reading" / "templates"
    used = {
        message
        for path in templates.rglob("*.html")
        for pair in re.findall(r"""{% trans (?:"([^"]+)"|'([^']+)')""", path.read_text(encoding="utf-8"))
        for message in pair
        if message
    }
    assert len(used) > 100
    # gettext writes a percent sign of a template twice.
    written = {message.replace("%", "%%") for message in used}
    assert [message for message in written if f'msgid "{message}"' not in known] == []


def test_dates_are_written_as_the_language_writes_them(client: Client) -> None:
    address = make_document().get_absolute_url()
    assert re.search(r"\d{4}年\d{1,2}月\d{1,2}日", client.get(address, HTTP_ACCEPT_LANGUAGE="zh").content.decode())
    assert re.search(r"\d{1,2} [A-Z][a-z]{2} \d{4}", client.get(address, HTTP_ACCEPT_LANGUAGE="en").content.decode())

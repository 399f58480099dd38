"""PDF: never a box in the place of a character, the same bytes twice, text that is never markup."""

import pytest
from report_world import HOSTILE, played

from drillkit.model.base import LANGS
from drillkit.report import MissingCharacter, NoChineseFont, pdf
from drillkit.report.fonts import chinese_font
from drillkit.report.pdf import document_pdf
from drillkit.report.record import record_form
from drillkit.report.sections import after_action, digest

FONT = chinese_font()
needs_font = pytest.mark.skipif(FONT is None, reason="no font with Chinese characters here")


def test_without_a_chinese_font_chinese_is_refused_and_english_is_drawn(monkeypatch):
    monkeypatch.setattr(pdf, "chinese_font", lambda: None)
    chinese, english = (played().drill(lang) for lang in ("zh", "en"))
    with pytest.raises(NoChineseFont):
        document_pdf(record_form(chinese), chinese.began)
    assert document_pdf(record_form(english), english.began).startswith(b"%PDF")


def test_one_chinese_word_in_an_english_report_needs_the_font_too(monkeypatch):
    monkeypatch.setattr(pdf, "chinese_font", lambda: None)
    drill = played("Call 王工 first.").drill("en")
    with pytest.raises(NoChineseFont):
        document_pdf(record_form(drill), drill.began)


def test_a_character_that_no_font_has_is_named(monkeypatch):
    monkeypatch.setattr(pdf, "chinese_font", lambda: None)
    drill = played("Ring the bell ก now.").drill("en")
    with pytest.raises(MissingCharacter) as refused:
        document_pdf(record_form(drill), drill.began)
    assert refused.value.character == "ก"


@needs_font
@pytest.mark.parametrize("lang", LANGS)
def test_the_same_report_gives_the_same_bytes(lang):
    first, second = (
        document_pdf(digest(drill, after_action(drill)), drill.began)
        for drill in (played().drill(lang), played().drill(lang))
    )
    assert first == second


@needs_font
def test_what_people_wrote_is_never_markup():
    wild = f'{HOSTILE} #panic() $x$ = head\n#read("/etc/passwd") `raw` @ref <label> \\ // *b*'
    drill = played(wild, HOSTILE).drill("zh")
    assert document_pdf(record_form(drill), drill.began).startswith(b"%PDF")

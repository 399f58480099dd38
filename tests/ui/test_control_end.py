"""The facilitator's supplies after the end: what has happened stands, and nothing counts down."""

from worlds_staff import a_play

from drillkit.core.book import Book
from drillkit.model.base import FACILITATOR, MINUTE
from drillkit.model.commands import DispatchSupplies, EndDrill
from drillkit.ui.widgets.watch import Post, post_row, provision_row, provisions
from drillkit.words import say


def test_after_the_end_no_shipment_and_no_need_counts_down() -> None:
    play = a_play()
    play.do("supplies", DispatchSupplies(depot="north", site="gate", item="bag", quantity=1))
    book = Book(play.session.script, "en")

    def said() -> str:
        found = provisions(play.session.state, book, play.now)
        rows = [provision_row(provision, book) for provision in found]
        return " ".join(text for row in rows for right in row.rights for text, _ in right)

    assert "in " in said()
    assert "left" in said()
    play.do(FACILITATOR, EndDrill())
    assert "in " not in said()
    assert "left" not in said()
    assert "met" not in said()


def test_a_need_that_is_hours_late_does_not_run_into_its_count() -> None:
    play = a_play().minutes(200)
    for lang in ("en", "zh"):
        book = Book(play.session.script, lang)
        rows = [provision_row(one, book) for one in provisions(play.session.state, book, play.now)]
        (need,) = [
            "".join(text for text, _ in row.rights[0]) for row in rows if "30/60" in str(row)
        ]
        assert "…" not in need
        late = say(lang, "control.late", time="3:00:00")
        assert need.endswith(f"30/60 {late}")


def test_a_post_that_is_hours_late_does_not_run_into_its_standing() -> None:
    post = Post("commander", "called", 0, late=9 * 60 * MINUTE)
    row = post_row(post, Book(a_play().session.script, "en"))
    assert "".join(text for text, _ in row.rights[0]) == "called 9:00:00 late"

"""Pieces of pages are made once for each language and value, and never for too many."""

from markupsafe import Markup

from app.core.fragments import Fragments, kept
from app.core.translation import gettext


def test_a_piece_is_made_once_for_each_language_and_value(app):
    made: list[object] = []

    def macro(value):
        made.append(value)
        return Markup("<b>%s</b> %s") % (gettext("made up"), value)

    with app.test_request_context("/?lang=en"):
        assert kept(macro, "<a>") == kept(macro, "<a>") == "<b>made up</b> &lt;a&gt;"
    with app.test_request_context("/?lang=it"):
        assert "made up" not in kept(macro, "<a>")
        kept(macro, "b")
    assert made == ["<a>", "<a>", "b"]


def test_the_filling_is_escaped_and_goes_where_the_macro_left_room(app):
    slot = app.jinja_env.globals["slot"]

    def macro(value):
        return Markup("<i>%s</i>%s") % (value, slot)

    with app.test_request_context("/"):
        assert kept(macro, "<!-- -->", "<b>") == "<i>&lt;!-- --&gt;</i>&lt;b&gt;"
        assert kept(macro, "<!-- -->") == "<i>&lt;!-- --&gt;</i>"


def test_the_memory_is_bounded():
    memory = Fragments(most=3)
    for number in range(10):
        memory.get(number, lambda: Markup("piece"))
    assert list(memory._pieces) == [7, 8, 9]

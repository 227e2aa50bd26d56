"""The language in force, whoever chose it."""

from app.core.translation import force_locale, gettext, lazy_gettext, ngettext


def test_the_readers_language_is_in_force(app):
    with app.test_request_context("/?lang=it"):
        assert gettext("Search") == "Cerca"
    with app.test_request_context("/?lang=en"):
        assert gettext("Search") == "Search"


def test_another_language_for_a_while_and_back(app):
    later = lazy_gettext("Search")
    with app.test_request_context("/?lang=en"):
        assert str(later) == "Search"
        with force_locale("it"):
            assert (gettext("Search"), str(later)) == ("Cerca", "Cerca")
            with force_locale("en"):
                assert gettext("Search") == "Search"
            assert gettext("Search") == "Cerca"
        assert gettext("Search") == "Search"


def test_a_letter_needs_no_request(app):
    with app.app_context(), force_locale("it"):
        assert gettext("Search") == "Cerca"


def test_outside_of_the_application_texts_stay_english():
    assert gettext("Search") == "Search"
    assert ngettext("%(num)d place", "%(num)d places", 2) == "2 places"


def test_placeholders_are_filled_and_escaped_in_pages(app):
    with app.test_request_context("/?lang=en"):
        assert gettext("%(title)s, %(when)s", title="<b>", when="now") == "<b>, now"
        template = app.jinja_env.from_string("{{ _('%(title)s, %(when)s', title=name, when='now') }}")
        assert template.render(name="<b>") == "&lt;b&gt;, now"

"""Texts in the language in force: the functions of gettext, with the catalogue looked up once a request.

A page asks a hundred times. Flask-Babel finds out for each text anew which request, domain and locale are meant, which
is a seventh of the work of a page; formats of dates and numbers are still its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import flask_babel
from babel import Locale
from babel.support import NullTranslations, Translations
from flask import Flask, g, has_app_context
from flask_babel import LazyString


def gettext(message: str, /, **variables: Any) -> str:
    """The message in the language in force, its named placeholders filled."""
    text = _catalogue().gettext(message)
    return text % variables if variables else text


def ngettext(singular: str, plural: str, num: int, /, **variables: Any) -> str:
    """The form of the message that the language uses with this number, which is `%(num)d` in it."""
    return _catalogue().ngettext(singular, plural, num) % {"num": num, **variables}


def npgettext(context: str, singular: str, plural: str, num: int, /, **variables: Any) -> str:
    """The same where the sentence needs its context: an adjective agrees with islands or with places."""
    text: str = _catalogue().npgettext(context, singular, plural, num)
    return text % {"num": num, **variables}


def lazy_gettext(message: str, /, **variables: Any) -> LazyString:
    """A message that is translated each time it is shown."""
    return LazyString(gettext, message, **variables)


@contextmanager
def force_locale(code: str) -> Iterator[None]:
    """Another language for a while: of a letter's reader, of a feed."""
    _forget()
    try:
        with flask_babel.force_locale(code):
            yield
    finally:
        _forget()


def get_locale() -> Locale | None:
    """The locale in force, for formats of dates, numbers and lists; None outside of the application."""
    if not has_app_context():
        return None
    try:
        return cast(Locale, g.locale)
    except AttributeError:
        g.locale = flask_babel.get_locale()
        return cast(Locale, g.locale)


def init_templates(app: Flask) -> None:
    """Let templates use the same functions; `_` is one of them instead of a detour through its name."""
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]  # Jinja's i18n extension adds it
    app.jinja_env.globals["_"] = app.jinja_env.globals["gettext"]


def _forget() -> None:
    for name in ("catalogue", "locale"):
        g.pop(name, None)


def _catalogue() -> Translations | NullTranslations:
    if not has_app_context():
        return NullTranslations()
    try:
        return cast(Translations, g.catalogue)
    except AttributeError:
        g.catalogue = flask_babel.get_translations()
        return cast(Translations, g.catalogue)

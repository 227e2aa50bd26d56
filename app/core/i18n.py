"""Languages of the interface: one catalogue each under app/translations; adding a language is adding a catalogue."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from babel import Locale, support
from flask import Flask, g, has_request_context, request
from flask_babel import Babel
from wtforms.i18n import messages_path

from app.core.cookies import read_cookie
from app.core.errors import MalformedParameter
from app.core.local_text import LocalText, Text
from app.core.translation import force_locale, gettext, init_templates

DEFAULT_LANGUAGE = "it"
LANGUAGE_COOKIE = "language"
MACHINE_PREFIXES = (
    "/feeds/",
    "/api/v1/",
    "/ogc",
    "/data/",
    "/tiles/",
    "/photos/",
    "/healthz",
    "/readyz",
    "/metrics",
    "/embed/calendar",
    "/oembed",
)
TRANSLATIONS = Path(__file__).resolve().parents[1] / "translations"
MAX_ACCEPT_LANGUAGE = 500

babel = Babel()


@dataclass(frozen=True)
class Language:
    """A language of the interface: BCP 47 code, its own name, writing direction ("ltr" or "rtl")."""

    code: str
    name: str
    direction: str


@lru_cache
def languages() -> tuple[Language, ...]:
    """Every language with a catalogue; the default one first, then by code with English second."""
    codes = {path.name for path in TRANSLATIONS.iterdir() if (path / "LC_MESSAGES").is_dir()}
    order = sorted(codes, key=lambda code: (code != DEFAULT_LANGUAGE, code != "en", code))
    return tuple(_language(code) for code in order)


def _language(code: str) -> Language:
    locale = Locale.parse(code)
    name = locale.get_display_name(code) or code
    return Language(
        code, name[0].upper() + name[1:], "rtl" if locale.character_order == "right-to-left" else "ltr"
    )


def language_codes() -> tuple[str, ...]:
    """Codes of all languages."""
    return tuple(language.code for language in languages())


def current_language() -> Language:
    """The language of this answer."""
    code = chosen_language()
    return next(language for language in languages() if language.code == code)


def is_machine_address(path: str) -> bool:
    """Addresses read by programs: language by ?lang= alone, errors as problem documents."""
    return path.startswith(MACHINE_PREFIXES) or path.endswith((".ics", ".jpg"))


def chosen_language() -> str:
    """?lang=, else (for pages) the remembered choice, else Accept-Language, else Italian."""
    if not has_request_context():
        return DEFAULT_LANGUAGE
    if "language" not in g:
        g.language = _choose()
    return str(g.language)


def _choose() -> str:
    asked = request.args.get("lang", "")
    if asked in language_codes():
        return asked
    if is_machine_address(request.path):
        return DEFAULT_LANGUAGE
    remembered = read_cookie(LANGUAGE_COOKIE)
    if remembered in language_codes():
        return remembered
    if len(request.headers.get("Accept-Language", "")) > MAX_ACCEPT_LANGUAGE:
        return DEFAULT_LANGUAGE
    return request.accept_languages.best_match(language_codes(), DEFAULT_LANGUAGE) or DEFAULT_LANGUAGE


def check_machine_language() -> None:
    """On machine addresses an unknown language is a 400 that names it."""
    asked = request.args.get("lang")
    if asked is not None and asked not in language_codes():
        message = gettext("lang must be one of %(codes)s.", codes=", ".join(language_codes()))
        raise MalformedParameter("lang", message)


def local(text: LocalText | None) -> Text | None:
    """Content in the language of this answer, or None where there is none."""
    if not text:
        return None
    return text.within(chosen_language())


def init_app(app: Flask) -> None:
    """Let Flask-Babel ask us for the language."""
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT_LANGUAGE
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    babel.init_app(app, locale_selector=chosen_language)
    init_templates(app)
    app.before_request(_lend_form_words)


def _lend_form_words() -> None:
    """Flask-WTF keeps the words of WTForms in the request, and would read their file anew for each form that is sent."""
    if request.method == "POST":
        request.wtforms_translations = _form_words(chosen_language())  # type: ignore[attr-defined]  # as Flask-WTF does


@lru_cache
def _form_words(language: str) -> support.NullTranslations:
    return support.Translations.load(messages_path(), [language], domain="wtforms")


__all__ = ["babel", "current_language", "force_locale", "languages", "local"]

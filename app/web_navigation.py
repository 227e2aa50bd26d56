"""What every page knows: the menu, the languages, whether this is the demo."""

from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import quote, urlencode

from flask import current_app, g, has_request_context, request, url_for

from app.accounts.permissions import STAFF
from app.config import Settings
from app.core import i18n
from app.core.actor import Actor, Role
from app.core.busy import WITHOUT_DATABASE
from app.core.cache import until_change
from app.core.permissions import current_actor
from app.core.preview import PICTURE_HEIGHT, PICTURE_WIDTH, Preview
from app.core.translation import gettext
from app.demo import queries as demo
from app.places.shared_cards import site_card


@dataclass(frozen=True)
class NavItem:
    """One entry of the menu."""

    url: str
    label: str
    icon: str
    current: bool


@dataclass(frozen=True)
class LanguageLink:
    """The same page in another language."""

    code: str
    name: str
    direction: str
    url: str
    current: bool


@dataclass(frozen=True)
class Addresses:
    """A public page's addresses under PUBLIC_URL: its own, one for each language, and one that suits the reader."""

    canonical: str
    by_language: dict[str, str]
    for_everybody: str
    picture: str
    picture_alt: str
    picture_size: tuple[int, int]


def context() -> dict[str, Any]:
    """Context processor of every template."""
    settings = cast(Settings, current_app.extensions["settings"])
    if not has_request_context():  # a mail rendered by the worker
        return {"base_url": settings.base_url}
    asks = WITHOUT_DATABASE not in g
    actor = current_actor() if asks else None
    return {
        "nav_items": nav_items(actor),
        "languages": language_links(),
        "locale": i18n.current_language(),
        "demo_banner": asks and until_change("made up", demo.has_made_up_records),
        "demo_door": asks and settings.is_local and until_change("demo", demo.is_loaded),
        "actor": actor,
        "contact_email": settings.contact_email,
        "base_url": settings.base_url,
        "addresses_of": addresses_of,
    }


def addresses_of(preview: Preview) -> Addresses:
    """Where search engines and shared links lead: a language asked for by ?lang= is a page of its own."""
    base_url = cast(Settings, current_app.extensions["settings"]).base_url
    here = base_url + preview.path
    mark = "&" if "?" in here else "?"
    by_language = {code: f"{here}{mark}{urlencode({'lang': code})}" for code in i18n.language_codes()}
    picture = preview.picture or site_card()
    return Addresses(
        canonical=by_language.get(request.args.get("lang", ""), here), by_language=by_language, for_everybody=here,
        picture=base_url + picture.path, picture_alt=picture.alt, picture_size=(PICTURE_WIDTH, PICTURE_HEIGHT),
    )  # fmt: skip


def nav_items(actor: Actor | None) -> list[NavItem]:
    """The public menu, and the staff's own entry."""
    entries = [
        ("explore.home", gettext("Find an island"), "search"),
        ("events.index", gettext("What's on"), "calendar"),
    ]
    if STAFF.allows(actor):
        entries.append(("studio.index", _own_text(actor), "house"))
    known = current_app.view_functions
    return [
        NavItem(url_for(endpoint), label, icon, request.endpoint == endpoint)
        for endpoint, label, icon in entries
        if endpoint in known
    ]


def _own_text(actor: Actor | None) -> str:
    if actor and actor.is_operator:
        return gettext("The places")
    if actor and actor.has_role(Role.MANAGER):
        return gettext("My territory")
    return gettext("My place")


def language_links() -> list[LanguageLink]:
    """This page's address with each language asked for."""
    current = i18n.chosen_language()
    return [
        LanguageLink(
            code=language.code, name=language.name, direction=language.direction,
            url=_same_page(language.code), current=language.code == current,
        )
        for language in i18n.languages()
    ]  # fmt: skip


def _same_page(code: str) -> str:
    """What was asked is only ever quoted: no path becomes another host, no parameter another address."""
    if request.endpoint is None or request.method not in ("GET", "HEAD"):
        return f"/{quote(request.path.lstrip('/'))}?lang={code}"
    asked = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    return f"{url_for(request.endpoint, **(request.view_args or {}))}?{urlencode([*asked, ('lang', code)])}"

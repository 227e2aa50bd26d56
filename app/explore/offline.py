"""What makes the site an application on a phone: the manifest, and the service worker that keeps pages for later."""

import hashlib
import json
from pathlib import Path

from flask import current_app

from app.core.http import asset
from app.core.i18n import chosen_language, current_language, language_codes
from app.core.translation import gettext as _

FILES = ("css/wendy.css", "img/icons.svg", "img/favicon.svg", "js/offline.js")
PAPER, LAGOON = "#FFFBF3", "#0B5A63"


def service_worker() -> str:
    """The script with its settings in front; its version changes with any file that it puts aside."""
    script = (Path(current_app.static_folder or "") / "js/sw.js").read_text(encoding="utf-8")
    files = [asset(path) for path in FILES]
    pages = [f"/offline?lang={code}" for code in language_codes()]
    version = hashlib.sha256("\n".join((script, *files, *pages)).encode()).hexdigest()[:12]
    settings = {"version": version, "files": files, "pages": pages, "languages": list(language_codes())}
    return f"const SETTINGS = {json.dumps(settings)};\n{script}"


def manifest() -> dict[str, object]:
    """How the application is called and looks when a phone keeps it (W3C Web Application Manifest)."""
    language = current_language()
    return {
        "id": "/",
        "name": "Isole di Wendy",
        "short_name": "Isole di Wendy",
        "description": _("Where to feed and change your baby, nearby"),
        "lang": language.code,
        "dir": language.direction,
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": LAGOON,
        "icons": [
            {"src": asset("img/favicon.svg"), "sizes": "any", "type": "image/svg+xml"},
            {"src": asset("img/icon-192.png"), "sizes": "192x192", "type": "image/png"},
            {"src": asset("img/icon-512.png"), "sizes": "512x512", "type": "image/png"},
            {
                "src": asset("img/icon-512.png"),
                "sizes": "512x512",
                "type": "image/png",
                "purpose": "maskable",
            },
        ],
        "shortcuts": [
            {
                "name": _("Change a nappy now, fathers too"),
                "url": "/?amenity=changing_table_fathers&open=now",
            },
            {"name": _("What's on"), "url": f"/events?lang={chosen_language()}"},
        ],
    }

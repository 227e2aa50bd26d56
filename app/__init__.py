"""Isole di Wendy: the application factory."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app import cli, web
from app.config import Settings
from app.core import (
    bodies,
    cache,
    cookies,
    database,
    fragments,
    freshness,
    http,
    i18n,
    limits,
    page_memory,
    tokens,
)
from app.core.database import db, project_root
from app.core.private_files import keep_private
from app.core.shortcut import Shortcut
from app.core.templating import FlatEnvironment


def create_app(settings: Settings | None = None) -> Flask:
    """Make the application: start extensions, then let the composition root register the features."""
    settings = settings or Settings.from_environment()
    root = project_root()
    app = Flask("app", template_folder=str(root / "templates"), static_folder=str(root / "static"))
    app.jinja_environment = FlatEnvironment
    app.extensions["settings"] = settings
    app.testing = settings.testing
    app.config["TRUSTED_HOSTS"] = settings.trusted_hosts
    cookies.init_app(app, settings)
    keep_private(settings.data_dir)
    tokens.init_app(app, tokens.load_or_create_key(settings.data_dir))
    database.init_app(app, settings)
    with app.app_context():
        freshness.init_app(app, db.engine)
    cache.init_app(app)
    page_memory.init_app(app)
    limits.init_app(app, settings)
    i18n.init_app(app)
    http.init_app(app)
    fragments.init_app(app)
    bodies.init_app(app)
    web.init_app(app, settings)
    cli.init_app(app)
    if settings.trusted_proxies:  # limits count networks: the visitor's, not that of the proxy in front
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.trusted_proxies, x_proto=0, x_host=0)  # type: ignore[method-assign]  # Flask's documented hook
    app.wsgi_app = Shortcut(app.wsgi_app, freshness.of(app))  # type: ignore[method-assign]  # Flask's documented hook
    return app

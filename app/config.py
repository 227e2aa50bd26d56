"""Settings, read once from the environment; nobody else reads os.environ."""

import ipaddress
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

VERSION = "0.1.0"  # the same as in pyproject.toml, kept so by a test
# Settings that are numbers, each with the least that makes sense.
NUMBERS = {
    "port": 1,
    "web_processes": 1,
    "web_threads": 1,
    "trusted_proxies": 0,
    "to_confirm_days": 1,
    "unsure_days": 1,
    "review_self_claimed": 0,
}
CONTACT = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
MAIL_SCHEMES = ("smtp", "smtps", "smtp+starttls")
OSM_STANDARD_TILES = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"


class SettingsError(ValueError):
    """A setting cannot be used; the message says which one and what to write instead."""


@dataclass(frozen=True)
class Settings:
    """Everything that an installation may choose. README.md documents each field."""

    data_dir: Path = field(default_factory=lambda: Path("instance"))
    database_url: str = ""
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = ""
    basemap_file: str = ""
    tiles_url: str = OSM_STANDARD_TILES
    tiles_attribution: str = "© OpenStreetMap contributors"
    mail_url: str = ""
    mail_from: str = ""
    contact_email: str = ""
    tzid: str = "Europe/Rome"
    country: str = "IT"
    subdivision: str = "MI"
    web_processes: int = 1
    # Two are for pages, whatever the tile source does; above two a core and one, granian warns.
    web_threads: int = field(default_factory=lambda: min(8, 2 * (os.cpu_count() or 1) + 1))
    redis_url: str = ""
    trusted_proxies: int = 0
    to_confirm_days: int = 90
    unsure_days: int = 180
    # 1: events of who is in by their own address alone wait for a manager; 0: they are published at once.
    review_self_claimed: int = 1
    spatialite_path: str = ""
    testing: bool = False

    def __post_init__(self) -> None:
        parts = urlsplit(self.base_url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise SettingsError(f"PUBLIC_URL must be an http(s) address, not {self.public_url!r}.")
        if parts.scheme == "http" and not self.is_loopback:
            raise SettingsError(
                "PUBLIC_URL over plain http works on this machine only (cookies would travel unprotected): use https."
            )
        if self.is_loopback and not is_this_machine(self.host):
            raise SettingsError(
                f"HOST={self.host} lets other machines in, while PUBLIC_URL ({self.base_url}) is an address of this one: "
                "set PUBLIC_URL to the https address that people use, or leave HOST at 127.0.0.1."
            )
        if self.unsure_days < self.to_confirm_days:
            raise SettingsError(
                "UNSURE_DAYS must not be smaller than TO_CONFIRM_DAYS: facts are first asked again."
            )
        self._check_mail()
        if self.web_processes > 1 and not self.redis_url:
            raise SettingsError(
                "WEB_PROCESSES above 1 needs REDIS_URL for shared rate limits and invalidation."
            )

    def _check_mail(self) -> None:
        if self.contact_email and not CONTACT.fullmatch(self.contact_email):
            raise SettingsError(
                f"CONTACT_EMAIL must be one e-mail address, such as isole@example.org, not {self.contact_email!r}."
            )
        if self.mail_url and urlsplit(self.mail_url).scheme not in MAIL_SCHEMES:
            raise SettingsError(f"MAIL_URL must begin with one of: {', '.join(MAIL_SCHEMES)}.")
        if not self.mail_url and not self.is_loopback:
            raise SettingsError(
                f"MAIL_URL is missing: at {self.base_url} families and staff get their links by mail. "
                "Set it to your mail server, such as smtp+starttls://user:password@mail.example.org:587."
            )

    @property
    def base_url(self) -> str:
        """The only source of absolute links, without a trailing slash."""
        return (self.public_url or f"http://localhost:{self.port}").rstrip("/")

    @property
    def sender(self) -> str:
        """Who writes our mails: MAIL_FROM, else an address at the site's own name."""
        return self.mail_from or f"Isole di Wendy <isole@{urlsplit(self.base_url).hostname}>"

    @property
    def is_loopback(self) -> bool:
        """Whether PUBLIC_URL names this machine only."""
        return is_this_machine(urlsplit(self.base_url).hostname or "")

    @property
    def is_local(self) -> bool:
        """True while only this machine can reach the site: then the demo exists."""
        return self.is_loopback and is_this_machine(self.host)

    @property
    def is_https(self) -> bool:
        """Whether cookies can be Secure and carry the __Host- prefix."""
        return urlsplit(self.base_url).scheme == "https"

    @property
    def passkey_domain(self) -> str:
        """The name that passkeys are bound to (WebAuthn: RP ID); "" where the site has only a number."""
        name = urlsplit(self.base_url).hostname or ""
        return "" if name.replace(".", "").isdigit() or ":" in name else name

    @property
    def trusted_hosts(self) -> list[str]:
        """Host names that a request may name; on loopback both spellings are trusted."""
        host = urlsplit(self.base_url).hostname or ""
        return sorted({host} | ({"localhost", "127.0.0.1"} if self.is_loopback else set()))

    @property
    def sqlalchemy_url(self) -> str:
        """The configured database, by default one SpatiaLite file in the data directory."""
        if not self.database_url:
            return f"sqlite:///{self.data_dir.resolve() / 'wendy.db'}"
        for prefix in ("postgres://", "postgresql://"):
            if self.database_url.startswith(prefix):
                return "postgresql+psycopg://" + self.database_url.removeprefix(prefix)
        return self.database_url

    @property
    def is_sqlite(self) -> bool:
        """Whether the embedded engine is in use."""
        return self.sqlalchemy_url.startswith("sqlite")

    @classmethod
    def from_environment(cls, environ: "os._Environ[str] | dict[str, str] | None" = None) -> "Settings":
        """Read every setting by its upper-case name; an empty TILES_URL means no tile source."""
        values = os.environ if environ is None else environ
        numbers = {name: _number(values, name, least) for name, least in NUMBERS.items()}
        texts = {
            name: values[name.upper()]
            for name in (
                "database_url", "host", "public_url", "basemap_file", "tiles_url", "tiles_attribution", "mail_url",
                "mail_from", "contact_email", "tzid", "country", "subdivision", "redis_url", "spatialite_path",
            )
            if name.upper() in values
        }  # fmt: skip
        chosen: dict[str, object] = {name: number for name, number in numbers.items() if number is not None}
        if "DATA_DIR" in values:
            chosen["data_dir"] = Path(values["DATA_DIR"]).expanduser()
        return cls(**{**chosen, **texts})  # type: ignore[arg-type]  # names and types are those listed above


def is_this_machine(host: str) -> bool:
    """Whether a host name or address is one that no other machine can reach.

    >>> [is_this_machine(host) for host in ("localhost", "127.0.0.2", "::1", "::ffff:127.0.0.1")]
    [True, True, True, True]
    >>> [is_this_machine(host) for host in ("", "0.0.0.0", "::", "192.168.1.7", "localhost.example.org")]
    [False, False, False, False, False]
    """
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost"
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback


def _number(values: "os._Environ[str] | dict[str, str]", name: str, least: int) -> int | None:
    text = values.get(name.upper(), "").strip()
    if not text:
        return None
    if not text.isdigit() or not least <= int(text) < 65536:
        raise SettingsError(f"{name.upper()} must be a whole number between {least} and 65535, not {text!r}.")
    return int(text)

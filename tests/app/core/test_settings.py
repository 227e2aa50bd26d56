"""Settings: refused early, in words."""

import os
import subprocess
import sys
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from flask import request

from app.config import VERSION, Settings, SettingsError
from app.core.permissions import PUBLIC, requires
from tests import engines

ROOT = Path(__file__).resolve().parents[3]


def test_plain_http_is_for_this_machine_only():
    with pytest.raises(SettingsError, match="https"):
        Settings(public_url="http://isole.example")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.7", ""])
@pytest.mark.parametrize("url", ["", "http://127.0.0.1:8000", "https://localhost"])
def test_listening_to_other_machines_needs_the_address_that_people_use(host, url):
    with pytest.raises(SettingsError, match=r"PUBLIC_URL .* https .* HOST"):
        Settings(host=host, public_url=url)


def test_a_public_site_needs_a_mail_server():
    with pytest.raises(SettingsError, match=r"MAIL_URL .*smtp"):
        Settings(public_url="https://isole.example")


@pytest.mark.parametrize("url", ["mail.example.org", "mail.example.org:25", "http://mail.example.org"])
def test_a_mail_server_must_be_an_address_of_mail(url):
    with pytest.raises(SettingsError, match="MAIL_URL"):
        Settings(mail_url=url)


@pytest.mark.parametrize(
    ("host", "url", "is_local"),
    [
        ("127.0.0.1", "", True),
        ("localhost", "http://localhost:8000", True),
        ("::1", "http://[::1]:8000", True),
        ("127.0.0.1", "https://isole.example", False),
        ("0.0.0.0", "https://isole.example", False),
    ],
)
def test_only_an_installation_that_nobody_else_reaches_is_local(host, url, is_local):
    settings = Settings(host=host, public_url=url, mail_url="smtp://mail.example")
    assert settings.is_local is is_local


@pytest.mark.parametrize("url", ["ftp://isole.example", "isole.example", "https://"])
def test_a_public_url_must_be_an_address(url):
    with pytest.raises(SettingsError, match="PUBLIC_URL"):
        Settings(public_url=url)


def test_several_processes_need_a_shared_memory():
    with pytest.raises(SettingsError, match="REDIS_URL"):
        Settings(web_processes=2)


def test_the_environment_is_read_once_and_an_empty_tile_source_means_none():
    settings = Settings.from_environment({"PORT": "8123", "TILES_URL": "", "DATA_DIR": "somewhere"})
    assert (settings.port, settings.tiles_url, settings.data_dir.name) == (8123, "", "somewhere")
    assert settings.base_url == "http://localhost:8123"


@pytest.mark.parametrize("port", ["zero", "0", "70000", "-1"])
def test_a_port_must_be_a_port(port):
    with pytest.raises(SettingsError, match="PORT"):
        Settings.from_environment({"PORT": port})


def test_a_postgres_address_gets_our_driver():
    settings = Settings(database_url="postgres://me@host/db")
    assert settings.sqlalchemy_url == "postgresql+psycopg://me@host/db"
    assert not settings.is_sqlite


def test_the_version_is_the_packages():
    with (ROOT / "pyproject.toml").open("rb") as file:
        assert tomllib.load(file)["project"]["version"] == VERSION


@pytest.mark.parametrize(("proxies", "counted"), [(0, "127.0.0.1"), (1, "203.0.113.9")])
def test_behind_a_proxy_the_visitors_network_is_counted(tmp_path, spatialite_url, proxies, counted):
    settings = engines.settings_for(tmp_path, spatialite_url, trusted_proxies=proxies)
    with engines.running_app(settings) as app:
        app.add_url_rule("/who", view_func=requires(PUBLIC)(lambda: request.remote_addr), endpoint="who")
        assert app.test_client().get("/who", headers={"X-Forwarded-For": "203.0.113.9"}).text == counted


@pytest.mark.parametrize(
    "command", [["-m", "app.worker"], ["-m", "flask", "--app", "wsgi", "wendy", "daily"]]
)
def test_every_process_says_in_a_sentence_what_to_set(command, tmp_path):
    environment = {**os.environ, "HOST": "0.0.0.0", "PUBLIC_URL": "", "DATA_DIR": str(tmp_path)}
    ended = subprocess.run(
        [sys.executable, *command], env=environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert "HOST=0.0.0.0 lets other machines in" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_mails_come_from_the_site_itself_unless_somebody_else_is_named():
    public = Settings(public_url="https://isole.example", mail_url="smtp://localhost:25")
    assert public.sender == "Isole di Wendy <isole@isole.example>"
    assert replace(public, mail_from="Rete <rete@example.org>").sender == "Rete <rete@example.org>"

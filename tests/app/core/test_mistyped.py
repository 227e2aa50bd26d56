"""Mistyped domains are recognised; domains that may well be somebody's own are left alone."""

import pytest

from app.core.mistyped import KNOWN, meant_address


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gmial.com", "gmail.com"), ("gmai.com", "gmail.com"), ("gmail.con", "gmail.com"), ("GMAIL.CO", "gmail.com"),
        ("gmail.it", "gmail.com"), ("hotmial.it", "hotmail.it"), ("hotmal.com", "hotmail.com"),
        ("libero.ti", "libero.it"), ("libero.com", "libero.it"), ("lbero.it", "libero.it"), ("yaho.it", "yahoo.it"),
        ("outlok.it", "outlook.it"), ("iclod.com", "icloud.com"), ("virgillio.it", "virgilio.it"),
        ("tiscalli.it", "tiscali.it"), ("alce.it", "alice.it"),
    ],
)  # fmt: skip
def test_a_slip_is_questioned(typed: str, meant: str) -> None:
    assert meant_address(f"Ada.B@{typed}") == f"Ada.B@{meant}"


@pytest.mark.parametrize(
    "domain",
    [
        "live.nl", "mail.it", "web.it", "free.it", "tim.com", "me.it", "gmail.de", "hotmail.nl", "mailbox.org", "posteo.de",
        "nidoverde.org", "example.org", "unimib.it", "x.y", "", "münchen.de",
    ],
)  # fmt: skip
def test_somebodys_own_domain_is_not(domain: str) -> None:
    assert meant_address(f"ada@{domain}") is None


@pytest.mark.parametrize("domain", KNOWN)
def test_a_known_domain_never_is(domain: str) -> None:
    assert meant_address(f"ada@{domain}") is None


@pytest.mark.parametrize("text", ["", "ada", "@", "@gmial.com@", "a@b@gmail.com", "🍼@🍼", "a" * 10_000])
def test_anything_may_be_typed(text: str) -> None:
    meant = meant_address(text)
    assert meant is None or "@" in meant

"""The owner of the bookshop adds a passkey on her phone and signs in by unlocking it."""

from playwright.sync_api import CDPSession, Page, expect

from tests.journeys.test_host import hers

__all__ = ["hers"]
DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


def with_device(page: Page) -> tuple[CDPSession, str]:
    """Give the browser a device that holds passkeys; returns its session and its name."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    added = session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return session, str(added["authenticatorId"])


def test_she_adds_a_passkey_signs_out_and_comes_in_with_it(hers: Page) -> None:
    session, device = with_device(hers)
    hers.goto("/sign-in/devices")
    hers.get_by_role("link", name="Le mie passkey").click()
    hers.get_by_role("button", name="Aggiungi una passkey su questo dispositivo").click()
    expect(hers.locator("main .rows li")).to_have_count(1)
    hers.goto("/studio")
    hers.get_by_role("button", name="Esci").click()
    hers.goto("/sign-in")
    hers.get_by_role("button", name="Entra con una passkey").click()
    expect(hers.locator("main")).to_have_attribute("data-page", "studio.index")

    session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    hers.get_by_role("button", name="Esci").click()
    hers.goto("/sign-in")
    hers.get_by_role("button", name="Entra con una passkey").click()
    expect(hers.get_by_role("status")).to_contain_text("Non ha funzionato")

"""A test client that looks at every HTML page it fetches and refuses the ones a person could not use."""

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.page_checks import Page, faults


class PageFault(AssertionError):
    """A page broke one of the rules that hold for all pages; the message lists each fault."""


class CheckingClient(FlaskClient):
    """Flask's client; each answered page (errors included, redirects not) passes `page_checks` or fails the test.

    No address may ever answer 5xx; a test of the error page itself sets `may_break = True`.
    """

    may_break = False

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Fetch, check, hand back."""
        response = super().open(*args, **kwargs)
        if response.status_code >= 500 and not self.may_break:
            raise PageFault(
                f"{response.request.method} {response.request.path} answered {response.status_code}"
            )
        if self.answers_with_page(response):
            check_page(response)
        return response

    @staticmethod
    def answers_with_page(response: TestResponse) -> bool:
        """Whether a person will look at this answer as a page."""
        redirects = 300 <= response.status_code < 400
        is_head = response.request.method == "HEAD"
        return response.mimetype == "text/html" and not redirects and not is_head


def check_page(response: TestResponse) -> None:
    """Raise PageFault with every fault of this page."""
    page = Page.parse(
        response.get_data(as_text=True), headers=dict(response.headers), host=response.request.host
    )
    found = list(faults(page))
    if found:
        lines = "\n".join(f"  - {fault}" for fault in found)
        raise PageFault(
            f"{response.request.method} {response.request.path} ({response.status_code}):\n{lines}"
        )

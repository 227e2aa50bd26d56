"""Families who book over the network until the line breaks, and remember what was promised to them."""

import http.client
import threading
import time
from urllib.parse import urlencode

from tests.app.events.browsing import hidden_values

PAUSE_SECONDS = 0.04  # a kill falls into bookings as well as between them
FORM = "application/x-www-form-urlencoded"


class Family(threading.Thread):
    """One browser that books under a new address again and again; `promised` are those that were acknowledged."""

    def __init__(self, port: int, date_id: str, prefix: str) -> None:
        super().__init__(daemon=True)
        self._port, self._path, self._prefix = port, f"/occurrences/{date_id}/book", prefix
        self.promised: list[str] = []
        self.asked: list[str] = []
        self.refused: list[int] = []

    def run(self) -> None:
        """Until the server is no longer there."""
        try:
            self._book_on()
        except (OSError, http.client.HTTPException):
            return  # killed: what was asked last may be booked or not

    def _book_on(self) -> None:
        line = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        line.request("GET", self._path)
        answer = line.getresponse()
        cookie = answer.headers["Set-Cookie"].split(";")[0]
        hidden = hidden_values(answer.read().decode())
        while True:
            address = f"{self._prefix}-{len(self.asked)}@example.org"
            self.asked.append(address)
            if self._book(line, address, cookie, hidden) == 303:
                self.promised.append(address)
            time.sleep(PAUSE_SECONDS)

    def _book(
        self, line: http.client.HTTPConnection, address: str, cookie: str, hidden: dict[str, str]
    ) -> int:
        number = len(self.asked)
        network = f"10.{number // 250 % 250}.{number % 250}.{hash(self._prefix) % 250}"
        body = urlencode(hidden | {"name": "Ada", "email": address, "adults": "1", "children": "0"})
        headers = {"Cookie": cookie, "Content-Type": FORM, "X-Forwarded-For": network}
        line.request("POST", self._path, body, headers)
        answer = line.getresponse()
        answer.read()
        if answer.status != 303:
            self.refused.append(answer.status)
        return answer.status

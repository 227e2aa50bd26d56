"""Requests made in this process, without sockets: what the application itself costs."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any
from wsgiref.types import WSGIApplication

HOST = "localhost:8000"


@dataclass(frozen=True)
class Answer:
    """Status, headers by lower-case name (the last of a name), body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def cookie(self) -> str:
        """The cookie to send next time, or nothing."""
        parsed = SimpleCookie(self.headers.get("set-cookie", ""))
        return "; ".join(f"{name}={morsel.value}" for name, morsel in parsed.items())


def environ(
    target: str, *, method: str = "GET", body: bytes = b"", headers: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """A WSGI environment as a server would make it; it can be copied and used again."""
    path, _, query = target.partition("?")
    made: dict[str, Any] = {
        "REQUEST_METHOD": method, "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": query,
        "SERVER_NAME": "localhost", "SERVER_PORT": "8000", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": HOST, "HTTP_ACCEPT_LANGUAGE": "it-IT,it;q=0.9,en;q=0.5", "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http", "wsgi.errors": io.StringIO(), "wsgi.multithread": True,
        "wsgi.multiprocess": False, "wsgi.run_once": False, "body": body,
    }  # fmt: skip
    if body:
        made |= {"CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": "application/x-www-form-urlencoded"}
    for name, value in (headers or {}).items():
        made[f"HTTP_{name.upper().replace('-', '_')}"] = value
    return made


def call(application: WSGIApplication, prepared: Mapping[str, Any]) -> Answer:
    """One request from start to the closed answer."""
    sent: dict[str, Any] = dict(prepared)
    sent["wsgi.input"] = io.BytesIO(sent.pop("body"))
    begun: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        begun.append((status, headers))

    result = application(sent, start_response)
    body = b"".join(result)
    close = getattr(result, "close", None)
    if close is not None:
        close()
    status, headers = begun[-1]
    return Answer(int(status[:3]), {name.lower(): value for name, value in headers}, body)


def get(application: WSGIApplication, target: str, **headers: str) -> Answer:
    """A GET that must succeed."""
    answer = call(application, environ(target, headers=headers))
    if answer.status not in (200, 304):
        raise SystemExit(
            f"GET {target} answered {answer.status}: {answer.body[:300].decode(errors='replace')}"
        )
    return answer

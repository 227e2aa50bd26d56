"""Errors with names and one door: each class says its status; web.py shows it as a page or a problem document."""

from typing import Any


class ApplicationError(Exception):
    """Something a person can be told: `status` (HTTP), `code` (stable name), `details` (for the sentence)."""

    status = 400

    def __init__(self, message: str = "", **details: Any) -> None:
        super().__init__(message)
        self.message = message
        self.details = details

    @property
    def code(self) -> str:
        """The class name in kebab case, for `type` in problem documents."""
        name = type(self).__name__
        return "".join(f"-{c.lower()}" if c.isupper() else c for c in name).lstrip("-")


class MalformedParameter(ApplicationError):
    """A known query parameter cannot be read: `parameter`, and a sentence in the reader's language."""

    status = 400

    def __init__(self, parameter: str, message: str) -> None:
        super().__init__(message, parameter=parameter)
        self.parameter = parameter


class UnknownParameter(MalformedParameter):
    """A machine address got a parameter it does not know."""


class NotPermitted(ApplicationError):
    """The person is known and may not do this."""

    status = 403


class SignInNeeded(ApplicationError):
    """The page is for staff; people are led to the sign-in page."""

    status = 401


class ProofAsked(ApplicationError):
    """The person may do this once they have shown more than a mail; they are led to where they can."""

    status = 403


class NotFound(ApplicationError):
    """Nothing lives at this address."""

    status = 404


class Gone(ApplicationError):
    """Something lived here and was removed for good."""

    status = 410


class Conflict(ApplicationError):
    """The state of things does not allow it (any more)."""

    status = 409


class Busy(ApplicationError):
    """The database could not take it just now; nothing was written, and trying again helps."""

    status = 503


class Crowded(Busy):
    """Others wait already for work that is done for one at a time: nothing broke, and nothing is logged."""


class Invalid(ApplicationError):
    """What was sent breaks a rule of the domain."""

    status = 422

"""The WSGI application, for granian, for `flask` and for any other server."""

from app import create_app
from app.config import SettingsError

try:
    app = create_app()
except SettingsError as error:  # one sentence says what to set; a traceback would hide it
    raise SystemExit(str(error)) from None

"""The WSGI application, for granian, for `flask` and for any other server."""

from app import create_app

app = create_app()

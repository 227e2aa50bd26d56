"""`python -m app.worker`: what `flask wendy worker` does, without the memory of the command line and its plug-ins."""

from app import create_app
from app.config import SettingsError
from app.core.worker import work

if __name__ == "__main__":
    try:
        app = create_app()
    except SettingsError as error:
        raise SystemExit(str(error)) from None
    with app.app_context():
        work(app.extensions["settings"])

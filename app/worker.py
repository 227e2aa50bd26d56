"""`python -m app.worker`: what `flask wendy worker` does, without the memory of the command line and its plug-ins."""

from app import create_app
from app.core.worker import work

if __name__ == "__main__":
    app = create_app()
    with app.app_context():
        work(app.extensions["settings"])

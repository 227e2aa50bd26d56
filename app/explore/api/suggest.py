"""/api/v1/suggest: what somebody may be typing."""

from dataclasses import asdict

from flask import Blueprint, Response, jsonify, request

from app.core.permissions import PUBLIC, requires
from app.explore.api.reading import FILTERS, read
from app.explore.suggesting import suggestions

blueprint = Blueprint("suggest", __name__)

# The form on the home, as it stands when somebody types.
KNOWN = FILTERS | {"where", "near", "bbox", "sort", "view", "page"}
KEPT_SECONDS = 60


@blueprint.get("/api/v1/suggest")
@requires(PUBLIC)
def suggest() -> Response:
    """Up to eight suggestions for `where`, with links that keep the other parameters; nobody else may keep them."""
    parsed = read(request.args.to_dict(flat=False), KNOWN)
    response = jsonify({"suggestions": [asdict(one) for one in suggestions(parsed.search)]})
    response.headers["Cache-Control"] = f"private, max-age={KEPT_SECONDS}"
    response.vary.add("Accept-Language")
    return response

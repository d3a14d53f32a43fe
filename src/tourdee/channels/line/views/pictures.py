"""Pictures for cards: LINE takes JPEG, ours are kept as WebP."""

import re
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from tourdee.core.pictures import STORED_NAME

from ..queries.card_pictures import card_picture

NAME = re.compile(r"[a-z0-9_/-]{1,200}")


@require_safe
def line_picture(request: HttpRequest, path: str) -> FileResponse:
    """A public picture as JPEG; made when it is first asked for, then kept."""
    if not NAME.fullmatch(path) or not STORED_NAME.fullmatch(path):
        raise Http404
    file: Path | None = card_picture(path, root=Path(settings.MEDIA_ROOT))
    if file is None:
        raise Http404
    response = FileResponse(file.open("rb"), content_type="image/jpeg")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response

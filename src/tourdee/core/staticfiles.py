"""How static files are named: by their content, so that browsers and phones may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class NamedByContent(CompressedManifestStaticFilesStorage):
    """Also what a JavaScript module imports is asked for by its content's name: no phone mixes two releases."""

    support_js_module_import_aggregation = True

from django.apps import AppConfig


class LineOaConfig(AppConfig):
    name = "tourdee.channels.line"
    label = "line_oa"
    default_auto_field = "django.db.models.BigAutoField"

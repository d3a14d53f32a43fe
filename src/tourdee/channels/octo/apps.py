from django.apps import AppConfig


class OctoConfig(AppConfig):
    name = "tourdee.channels.octo"
    label = "octo"
    default_auto_field = "django.db.models.BigAutoField"

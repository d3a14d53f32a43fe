from django.apps import AppConfig


class LearnConfig(AppConfig):
    name = "tourdee.learn"
    label = "learn"
    default_auto_field = "django.db.models.BigAutoField"

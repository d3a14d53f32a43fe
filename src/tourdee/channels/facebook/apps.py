from django.apps import AppConfig


class FacebookPageConfig(AppConfig):
    name = "tourdee.channels.facebook"
    label = "facebook_page"
    default_auto_field = "django.db.models.BigAutoField"

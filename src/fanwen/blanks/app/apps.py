from django.apps import AppConfig


class BlanksConfig(AppConfig):
    name = "fanwen.blanks.app"
    label = "blanks"

from django.apps import AppConfig


class ReadingConfig(AppConfig):
    name = "fanwen.reading"
    label = "reading"

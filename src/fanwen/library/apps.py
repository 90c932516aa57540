from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "fanwen.library"
    label = "library"

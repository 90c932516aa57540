from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    name = "fanwen.library"
    label = "library"
    verbose_name = _("Library")

    def ready(self) -> None:
        from django.db.backends.signals import connection_created

        from fanwen.library.title_order import teach

        connection_created.connect(teach, dispatch_uid="library.title_order")

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ShelvesConfig(AppConfig):
    name = "fanwen.shelves"
    label = "shelves"
    verbose_name = _("Shelf")

    def ready(self) -> None:
        from fanwen.people.owner import claimed
        from fanwen.shelves import favourites

        def adopt(sender: Any, user: Any, session: str, **rest: Any) -> None:
            favourites.adopt(user, session)

        claimed.connect(adopt, weak=False, dispatch_uid="shelves.adopt")

"""The least a Django site can do, behind the same web server with the same settings as the library."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

from fanwen.config.web import WebServer


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello", content_type="text/plain")


urlpatterns = [path("", hello)]


class Hello(WebServer):
    def load(self) -> Any:
        settings.configure(ROOT_URLCONF="bench.reading.hello", ALLOWED_HOSTS=["*"], SECRET_KEY="bench")
        return get_wsgi_application()


if __name__ == "__main__":
    Hello().run()

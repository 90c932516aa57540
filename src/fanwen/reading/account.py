"""Signing in and out, and the link with which the first administrator begins."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import login
from django.contrib.auth.forms import AuthenticationForm, UserCreationForm
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from fanwen.people import welcome


class SignIn(LoginView):
    template_name = "reading/login.html"
    form_class = AuthenticationForm
    redirect_authenticated_user = True


class SignOut(LogoutView):
    pass


class AdministratorForm(UserCreationForm):
    """Name and password of the first administrator."""

    usable_password: Any = None

    class Meta(UserCreationForm.Meta):
        model = User
        fields = ("username",)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def first_administrator(request: HttpRequest, token: str) -> HttpResponse:
    """The one-time link: choose a name and a password, and be signed in."""
    if not welcome.is_valid(token):
        return render(request, "reading/welcome_used.html", status=410)
    form = AdministratorForm(request.POST or None, initial={"username": "admin"})
    if request.method == "POST" and form.is_valid():
        user = welcome.claim(token, form.cleaned_data["username"], form.cleaned_data["password1"])
        if user is None:
            return render(request, "reading/welcome_used.html", status=410)
        login(request, user)
        return HttpResponseRedirect("/upload/")
    return render(request, "reading/welcome.html", {"form": form})

"""The site's addresses: a page to log in, the admin, and the API of every installed app."""

from importlib.util import find_spec

from django.apps import apps
from django.contrib import admin
from django.contrib.auth import views as auth_views
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from gamification_site.tokens import RefreshView, TokenView

has_practice = apps.is_installed("gamification_site.practice")

urlpatterns: list[URLPattern | URLResolver] = []
if apps.is_installed("challenges") and find_spec("challenges.admin_api_urls"):
    urlpatterns += [path("admin/api/ml-challenges/", include("challenges.admin_api_urls"))]
urlpatterns += [
    path("admin/", admin.site.urls),
    path("api/v1/auth/token/", TokenView.as_view(), name="token"),
    path("api/v1/auth/token/refresh/", RefreshView.as_view(), name="token-refresh"),
]
if has_practice:
    urlpatterns += [path("api/v1/practice/", include("gamification_site.practice.api_urls"))]
urlpatterns += [
    path("api/v1/", include("learners.site_urls")),  # the last under this address: it answers what is unknown there
    path("i18n/", include("django.conf.urls.i18n")),
]
if has_practice:
    urlpatterns += [path("", include("gamification_site.practice.urls"))]  # its page to log in comes before ours
else:
    urlpatterns += [path("", RedirectView.as_view(url="/api/v1/docs/"), name="home")]
urlpatterns += [
    path("login/", auth_views.LoginView.as_view(), name="login"),
    path("logout/", auth_views.LogoutView.as_view(), name="logout"),
]

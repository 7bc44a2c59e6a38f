"""The demo's front page leads to the description of the API, where everything can be tried."""

from django.urls import path
from django.views.generic import RedirectView

urlpatterns = [path("", RedirectView.as_view(url="/api/v1/docs/"), name="home")]

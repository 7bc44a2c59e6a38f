from django.contrib import admin
from django.urls import include, path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView


class PricesView(APIView):
    """The site's own, described by Django REST framework's default, which drf-spectacular refuses."""

    def get(self, request: Request) -> Response:
        return Response([])


urlpatterns = [
    path("backoffice/", admin.site.urls),
    path("prices/", PricesView.as_view()),
    path("learning/v1/", include("learners.site_urls")),
]

"""The interface's own description, and a page to try it out that loads nothing from elsewhere."""

from typing import Any

from django.templatetags.static import static
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView
from rest_framework.permissions import AllowAny

from learners.common.rest.schema import GamificationSchemaGenerator


class SchemaView(SpectacularAPIView):
    schema = None  # describes not itself, whatever the host's SERVE_INCLUDE_SCHEMA
    generator_class = GamificationSchemaGenerator
    permission_classes = (AllowAny,)
    throttle_classes: Any = ()
    http_method_names = ["get", "head"]
    versioning_class = None


class DocsView(SpectacularSwaggerView):
    """Swagger from the sidecar's files, whatever the host's SPECTACULAR_SETTINGS say."""

    schema = None
    permission_classes = (AllowAny,)
    throttle_classes: Any = ()
    http_method_names = ["get", "head"]  # OPTIONS fails in the page's renderer
    versioning_class = None
    url_name = "gamification-schema"

    @staticmethod
    def _swagger_ui_resource(filename: str) -> str:
        return static(f"drf_spectacular_sidecar/swagger-ui-dist/{filename}")

    @staticmethod
    def _swagger_ui_favicon() -> str:
        return static("drf_spectacular_sidecar/swagger-ui-dist/favicon-32x32.png")

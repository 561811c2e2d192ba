"""The partners' addresses, all in one place: /api/v1/."""

from django.urls import include, path, re_path
from drf_spectacular.renderers import OpenApiJsonRenderer2
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerSplitView
from rest_framework.exceptions import NotFound
from rest_framework.response import Response
from rest_framework.routers import SimpleRouter
from rest_framework.views import APIView

from drugs import api as drugs
from temsisite.evidence import api as evidence
from temsisite.publishing.api import ChangesView, ExportView, VersionView, refuse_unknown
from temsisite.publishing.pages import Conditional, conditional
from trials import api as trials

router = SimpleRouter()  # looks for an address in this order: the kinds of which there are most come first
router.register("trials", trials.TrialViewSet)
router.register("findings", trials.FindingViewSet)
router.register("drugs", drugs.DrugViewSet)
router.register("targets", drugs.TargetViewSet)
router.register("diseases", drugs.DiseaseViewSet)
router.register("approvals", drugs.ApprovalViewSet)
router.register("mechanisms", drugs.MechanismViewSet)
router.register("regulations", drugs.RegulationViewSet)
router.register("statements", drugs.StatementViewSet)
router.register("sources", evidence.SourceViewSet)


class IndexView(Conditional, APIView):
    """Where everything is."""

    @extend_schema(exclude=True)
    def get(self, request):
        refuse_unknown(request, [])
        links = {
            address.partition("?")[0].rstrip("/"): request.build_absolute_uri(address) for address in self.addresses()
        }
        return Response(links)

    def addresses(self):
        for prefix, _, _ in router.registry:
            yield from (f"{prefix}/", f"{prefix}.csv")
        yield from ("version/", "changes/", "export.ndjson", "export.json", "export.csv?kind=finding")
        yield from ("schema/", "docs/")


class NothingView(APIView):
    """Addresses under /api/ that do not exist are refused as problem documents too."""

    @extend_schema(exclude=True)
    def get(self, request, rest):
        raise NotFound("There is nothing at this address; /api/v1/ lists what there is.")


def schema(request):
    """The OpenAPI description, as plain JSON for strict clients; rendered here, so that it can be kept."""
    return SpectacularJSONAPIView.as_view(renderer_classes=[OpenApiJsonRenderer2])(request).render()


app_name = "api"
urlpatterns = [
    path("", include(router.urls)),
    path("", IndexView.as_view(), name="index"),
    path("version/", VersionView.as_view(), name="version"),
    path("changes/", ChangesView.as_view(), name="changes"),
    re_path(r"^export\.(?P<form>ndjson|json|csv)$", ExportView.as_view(), name="export"),
    path("schema/", conditional(schema, keep=True), name="schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="api:schema"), name="docs"),
    *(
        path(f"{prefix}.csv", viewset.as_view({"get": "table"}, pagination_class=None), name=f"{basename}-table")
        for prefix, viewset, basename in router.registry
    ),
    re_path(r"^(?P<rest>.*)$", NothingView.as_view()),
]

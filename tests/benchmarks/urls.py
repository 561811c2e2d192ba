from django.http import HttpResponse
from django.urls import include, path

urlpatterns = [path("empty/", lambda request: HttpResponse("")), path("", include("temsisite.urls"))]
handler500 = "temsisite.views.server_error"

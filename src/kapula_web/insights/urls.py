from __future__ import annotations

from django.urls import path, register_converter

from kapula_web.insights.aims import views as aims_views
from kapula_web.insights.analyses import views as analyses
from kapula_web.insights.views import downloads, measure, model, model_file, overview, rows


class WayConverter:
    regex = "up|down"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(WayConverter, "way")

app_name = "insights"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("model/", model.model, name="model"),
    path("model.yaml", model_file.download, name="model_download"),
    path("model/file/", model_file.model_file, name="model_file"),
    path("model/new/", model.create, name="create"),
    path("model/<slug:code>/change/", model.change, name="change"),
    path("model/<slug:code>/move/<way:way>/", model.move, name="move"),
    path("model/<slug:code>/archive/", model.archive, name="archive"),
    path("model/<slug:code>/restore/", model.restore, name="restore"),
    path("model/<slug:code>/review/", model.review, name="review"),
    path("aims/", aims_views.aims, name="aims"),
    path("aims/new/", aims_views.create, name="aim_create"),
    path("aims/<slug:code>/change/", aims_views.change, name="aim_change"),
    path("aims/<slug:code>/archive/", aims_views.archive, name="aim_archive"),
    path("aims/<slug:code>/restore/", aims_views.restore, name="aim_restore"),
    path("understanding/", analyses.questions, name="questions"),
    path("understanding/<slug:name>/", analyses.analysis, name="analysis"),
    path("understanding/<slug:name>/again/", analyses.again, name="analysis_again"),
    path("understanding/<slug:name>/table/<int:number>.<slug:kind>", analyses.table, name="analysis_table"),
    path("understanding/<slug:name>/<slug:chart>.<slug:kind>", analyses.picture, name="analysis_picture"),
    path("measures/<slug:code>/", measure.measure, name="measure"),
    path("measures/<slug:code>/rows/", rows.rows, name="rows"),
    path("measures/<slug:code>/table.<slug:kind>", downloads.table, name="table"),
    path("measures/<slug:code>/<slug:chart>.<slug:kind>", downloads.picture, name="picture"),
]

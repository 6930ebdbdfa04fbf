"""Pages of what customers write: below the understanding's address, and looked for before its analyses."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from kapula_web.texts.explorer import views as explorer
from kapula_web.texts.views import codebook, corrections, theme

app_name = "texts"
urlpatterns: list[URLPattern | URLResolver] = [
    path("comments/", explorer.comments, name="comments"),
    path("comments.csv", explorer.download, name="comments_table"),
    path("codebook/", codebook.codebook, name="codebook"),
    path("codebook/reading/", codebook.reading, name="reading"),
    path("codebook/read-on/", codebook.read_on, name="read_on"),
    path("codebook/new/", theme.create, name="theme_create"),
    path("codebook/themes/<slug:code>/", theme.theme, name="theme"),
    path("codebook/themes/<slug:code>/change/", theme.change, name="theme_change"),
    path("codebook/themes/<slug:code>/up/", codebook.move, {"steps": -1}, name="theme_up"),
    path("codebook/themes/<slug:code>/down/", codebook.move, {"steps": 1}, name="theme_down"),
    path("codebook/themes/<slug:code>/retire/", codebook.retire, name="theme_retire"),
    path("codebook/themes/<slug:code>/restore/", codebook.restore, name="theme_restore"),
    path("codebook/comments/<int:comment_id>/", corrections.labels, name="labels"),
    path("codebook/comments/<int:comment_id>/<slug:code>/", corrections.correct, name="correct"),
    path("codebook/comments/<int:comment_id>/<slug:code>/undo/", corrections.take_back, name="correction_undo"),
]

"""Pages of what customers write: below the understanding's address, and looked for before its analyses."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from kapula_web.texts.explorer import views as explorer
from kapula_web.texts.originals import views as originals
from kapula_web.texts.topics import views as topics
from kapula_web.texts.views import codebook, corrections, theme

app_name = "texts"
urlpatterns: list[URLPattern | URLResolver] = [
    path("comments/", explorer.comments, name="comments"),
    path("comments.csv", explorer.download, name="comments_table"),
    path("comments/<int:comment_id>/original/", originals.original, name="original"),
    path("topics/", topics.topics, name="topics"),
    path("topics/find/", topics.find, name="topics_find"),
    path("topics/found/<slug:key>/merge/", topics.merge, name="topic_merge"),
    path("topics/found/<slug:key>/dismiss/", topics.dismiss, name="topic_dismiss"),
    path("topics/found/<slug:key>/back/", topics.back, name="topic_back"),
    path("topics/alerts/<int:alert>/seen/", topics.seen, name="alert_seen"),
    path("codebook/", codebook.codebook, name="codebook"),
    path("codebook/reading/", codebook.reading, name="reading"),
    path("codebook/read-on/", codebook.read_on, name="read_on"),
    path("codebook/new/", theme.create, name="theme_create"),
    path("codebook/tried/<int:job>/", theme.tried, name="theme_tried"),
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

from django.urls import path

from reports.views import answers, files, foi

urlpatterns = [
    path("answers/", answers.answers, name="answers"),
    path("answers/files/<key>/", files.answer_file, name="answer_file"),
    path("answers/files/<key>/fetch/", files.answer_file_fetch, name="answer_file_fetch"),
    path("answers/foi/", foi.foi, name="foi"),
    path("answers/foi/new/", foi.foi_new, name="foi_new"),
    path("answers/foi/<key>/", foi.foi_request, name="foi_request"),
    path("answers/foi/<key>/pack/", foi.foi_pack, name="foi_pack"),
]

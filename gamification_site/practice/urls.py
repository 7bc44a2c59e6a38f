"""The pages of the demo's learners."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from gamification_site.practice import pages

urlpatterns = [
    path("", pages.home, name="home"),
    path("login/", pages.PracticeLoginView.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("today/", pages.today, name="today"),
    path("practise/", pages.practise, name="practise"),
    path("mock-test/", pages.mock_test, name="mock-test"),
    path("history/", pages.history, name="history"),
    path("rounds/<uuid:uuid>/", pages.round_page, name="round"),
    path("rounds/<uuid:uuid>/answer/", pages.answer, name="answer"),
    path("rounds/<uuid:uuid>/answers/<int:position>/", pages.feedback, name="feedback"),
    path("rounds/<uuid:uuid>/close/", pages.close, name="close"),
    path("rounds/<uuid:uuid>/result/", pages.result, name="result"),
]

"""Addresses of what a group learns together: questions, who knows what, initiatives, value, letters, the digest."""

from django.urls import URLPattern, path

from maillage.concertation.views import answers, digest, initiatives, letters, practice, questions, topics, value

urlpatterns: list[URLPattern] = [
    path("groupes/questions/<uuid:uid>/", questions.question, name="question"),
    path("groupes/questions/<uuid:uid>/repondre/", questions.question_answer, name="question_answer"),
    path("groupes/questions/<uuid:uid>/modifier/", questions.question_edit, name="question_edit"),
    path("groupes/questions/<uuid:uid>/clore/", questions.question_close, name="question_close"),
    path("groupes/reponses/<uuid:uid>/modifier/", answers.answer_edit, name="answer_edit"),
    path("groupes/reponses/<uuid:uid>/aide/", answers.answer_helped, name="answer_helped"),
    path("groupes/<slug:slug>/questions/", questions.questions, name="questions"),
    path("groupes/<slug:slug>/questions/nouvelle/", questions.question_new, name="question_new"),
    path("groupes/<slug:slug>/themes/", topics.topics, name="topics"),
    path("groupes/<slug:slug>/qui-sait-quoi/", practice.knows, name="knows"),
    path("groupes/<slug:slug>/qui-sait-quoi/moi/", practice.knows_mine, name="knows_mine"),
    path("groupes/initiatives/<uuid:uid>/", initiatives.initiative, name="initiative"),
    path("groupes/initiatives/<uuid:uid>/modifier/", initiatives.initiative_edit, name="initiative_edit"),
    path("groupes/initiatives/<uuid:uid>/etape/", initiatives.initiative_step, name="initiative_step"),
    path("groupes/initiatives/<uuid:uid>/paraitre/", initiatives.initiative_show, name="initiative_show"),
    path("groupes/initiatives/<uuid:uid>/recit/", initiatives.initiative_public, name="initiative_public"),
    path("groupes/<slug:slug>/initiatives/", initiatives.initiatives, name="initiatives"),
    path("groupes/<slug:slug>/initiatives/nouvelle/", initiatives.initiative_new, name="initiative_new"),
    path("groupes/infolettres/<uuid:uid>/", letters.letter, name="letter"),
    path("groupes/infolettres/<uuid:uid>/finir/", letters.letter_edit, name="letter_edit"),
    path("groupes/infolettres/<uuid:uid>/envoyer/", letters.letter_send, name="letter_send"),
    path("groupes/infolettres/<uuid:uid>/paraitre/", letters.letter_show, name="letter_show"),
    path("groupes/infolettres/<uuid:uid>/lettre/", letters.letter_public, name="letter_public"),
    path("groupes/<slug:slug>/infolettres/", letters.letters, name="letters"),
    path("groupes/<slug:slug>/infolettres/nouvelle/", letters.letter_new, name="letter_new"),
    path("bulletin/", digest.digest_mine, name="digest_mine"),
    path("bulletin/<str:token>/", digest.digest_choice, name="digest_choice"),
    path("groupes/recits/<uuid:uid>/", value.story, name="story"),
    path("groupes/recits/<uuid:uid>/modifier/", value.story_edit, name="story_edit"),
    path("groupes/<slug:slug>/valeur/", value.value, name="value"),
    path("groupes/<slug:slug>/valeur/raconter/", value.story_new, name="story_new"),
]

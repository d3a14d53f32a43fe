"""Addresses for people: the seller's page, posts, comments, and the practice."""

from django.urls import path

from .views import by_hand, comments, connecting, overview, posts, practice

urlpatterns = [
    path("my/facebook/", overview.my_facebook, name="my_facebook"),
    path("my/facebook/connect/", connecting.connect, name="connect_facebook"),
    path("my/facebook/connect/steps/", connecting.steps, name="facebook_steps"),
    path("my/facebook/connect/again/", connecting.look_again, name="facebook_look_again"),
    path("my/facebook/disconnect/", connecting.disconnect, name="disconnect_facebook"),
    path("my/facebook/write/<slug:kind>/<slug:public_id>/", posts.write_post, name="write_facebook_post"),
    path("my/facebook/now/<slug:kind>/<slug:public_id>/", posts.post_now, name="facebook_post_now"),
    path("my/facebook/by-hand/<slug:kind>/<slug:public_id>/", by_hand.by_hand, name="facebook_by_hand"),
    path("my/facebook/posts/<slug:public_id>/", posts.my_post, name="facebook_post"),
    path("my/facebook/posts/<slug:public_id>/state/", posts.state, name="facebook_post_state"),
    path("my/facebook/posts/<slug:public_id>/edit/", posts.edit_post, name="edit_facebook_post"),
    path("my/facebook/posts/<slug:public_id>/back/", posts.call_back, name="call_back_facebook_post"),
    path("my/facebook/posts/<slug:public_id>/again/", posts.try_again, name="facebook_post_again"),
    path("my/facebook/posts/<slug:public_id>/away/", posts.throw_away, name="throw_away_facebook_post"),
    path("my/facebook/comments/", comments.my_comments, name="facebook_comments"),
    path("my/facebook/comments/<slug:public_id>/", comments.my_comment, name="facebook_comment"),
    path("my/facebook/comments/<slug:public_id>/order/", comments.order, name="order_from_comment"),
    path("my/facebook/comments/<slug:public_id>/hide/", comments.hide, name="hide_facebook_comment"),
    path("my/facebook/comments/<slug:public_id>/aside/", comments.set_aside, name="set_aside_comment"),
    path("my/facebook/practice/", practice.practice, name="facebook_practice"),
    path("my/facebook/practice/call/", practice.call, name="facebook_practice_call"),
]

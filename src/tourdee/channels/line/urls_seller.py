"""Addresses for people: the shop in the chat, and news."""

from django.urls import path

from .views import answers, connecting, coupons, followers, menus, news, practice

urlpatterns = [
    path("my/line/", connecting.my_line, name="my_line"),
    path("my/line/practise/", connecting.practise, name="practise_line"),
    path("my/line/check/", connecting.check, name="check_line"),
    path("my/line/disconnect/", connecting.disconnect, name="disconnect_line"),
    path("my/line/practice/", practice.practice_chat, name="practice_line"),
    path("my/line/menu/", menus.my_menu, name="my_line_menu"),
    path("my/line/menu/put-up/", menus.put_up, name="put_up_line_menu"),
    path("my/line/menu/<slug:digest>.jpg", menus.menu_picture, name="line_menu_picture"),
    path("my/line/answers/", answers.my_answers, name="my_line_answers"),
    path("my/line/answers/<slug:public_id>/", answers.my_answer, name="my_line_answer"),
    path("my/line/answers/<slug:public_id>/delete/", answers.delete_answer, name="delete_line_answer"),
    path("my/line/coupons/", coupons.my_coupons, name="my_line_coupons"),
    path("my/line/coupons/<slug:public_id>/show/", coupons.show_coupon, name="show_line_coupon"),
    path("my/line/coupons/<slug:public_id>/hide/", coupons.hide_coupon, name="hide_line_coupon"),
    path("my/line/followers/", followers.my_followers, name="my_line_followers"),
    path("my/line/followers/<slug:public_id>/", followers.my_follower, name="my_line_follower"),
    path("my/line/news/", news.my_news, name="my_line_news"),
    path("my/line/news/new/", news.write, name="write_line_news"),
    path("my/line/news/<slug:public_id>/", news.one, name="my_line_news_item"),
    path("my/line/news/<slug:public_id>/state/", news.state, name="line_news_state"),
    path("my/line/news/<slug:public_id>/edit/", news.write, name="edit_line_news"),
    path("my/line/news/<slug:public_id>/stop/", news.stop, name="stop_line_news"),
]

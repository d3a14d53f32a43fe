"""Where the channels of a shop meet, and what customers write."""

from django.urls import path

from .views import answers, channels, conversations, handling, where

urlpatterns = [
    path("my/channels/", channels.my_channels, name="my_channels"),
    path("my/channels/where/", where.where, name="where_items_are"),
    path("my/inbox/", conversations.my_inbox, name="my_inbox"),
    path("my/inbox/list/", conversations.inbox_list, name="inbox_list"),
    path("my/inbox/unread/", conversations.unread, name="inbox_unread"),
    path("my/inbox/answers/", answers.saved_answers, name="saved_answers"),
    path("my/inbox/answers/<slug:public_id>/", answers.saved_answer, name="saved_answer"),
    path("my/inbox/answers/<slug:public_id>/delete/", answers.delete_answer, name="delete_answer"),
    path("my/inbox/pictures/<slug:public_id>/", conversations.message_picture, name="message_picture"),
    path("my/inbox/messages/<slug:public_id>/again/", handling.try_again, name="send_again"),
    path("my/inbox/<slug:public_id>/", conversations.conversation, name="conversation"),
    path("my/inbox/<slug:public_id>/thread/", conversations.thread, name="conversation_thread"),
    path("my/inbox/<slug:public_id>/note/", handling.add_note, name="add_note"),
    path("my/inbox/<slug:public_id>/take-over/", handling.take_over, name="take_over"),
    path("my/inbox/<slug:public_id>/hand-back/", handling.hand_back, name="hand_back"),
    path("my/inbox/<slug:public_id>/done/", handling.mark_done, name="conversation_done"),
    path("my/inbox/<slug:public_id>/reopen/", handling.reopen, name="reopen_conversation"),
    path("my/inbox/<slug:public_id>/order/", handling.link_order, name="link_order"),
    path("my/inbox/<slug:public_id>/no-order/", handling.unlink_order, name="unlink_order"),
    path("my/inbox/<slug:public_id>/forget/", handling.forget, name="forget_conversation"),
]

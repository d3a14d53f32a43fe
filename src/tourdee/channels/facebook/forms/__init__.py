"""What sellers type about their page, their posts and their comments."""

from .orders import CommentOrderForm
from .pages import KeysForm
from .posts import ByHandForm, PostForm
from .practice import PlayForm
from .words import ReplyForm

__all__ = ["ByHandForm", "CommentOrderForm", "KeysForm", "PlayForm", "PostForm", "ReplyForm"]

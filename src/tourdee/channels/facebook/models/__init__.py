from .comments import Comment
from .pages import Page
from .posts import Post
from .traffic import Notice, Outgoing, Stranger

__all__ = ["Comment", "Notice", "Outgoing", "Page", "Post", "Stranger"]

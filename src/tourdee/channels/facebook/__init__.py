"""A Facebook Page: posts, comments and Messenger, over the Graph API."""

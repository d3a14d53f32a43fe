"""What the shop shows in the chat: each screen is a list of messages, in the language of whoever reads them."""

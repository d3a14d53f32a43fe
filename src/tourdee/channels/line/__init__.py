"""LINE Official Account: a shop inside the chat. The only folder that speaks LINE's protocol."""

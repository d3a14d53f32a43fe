"""One list of what customers write, whatever way it comes: chat, Messenger, comments, the storefront; and the answers."""

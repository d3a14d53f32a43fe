"""Questions of the channel, by topic; nothing here writes. What is answered stands here as the standard's documents."""

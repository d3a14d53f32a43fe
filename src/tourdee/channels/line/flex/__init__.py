"""Messages of LINE as plain data: texts, cards (LINE calls them Flex), buttons under the chat. No row is read here."""

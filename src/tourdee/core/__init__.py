"""What every room may use and no business word: design system, money, dates, ids, audit log, events by task."""

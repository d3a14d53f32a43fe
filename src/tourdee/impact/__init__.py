"""What changed: the funnel from application to first sale, the income, the four numbers of the ministry, follow-ups."""

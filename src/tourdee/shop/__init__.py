"""The storefront: shops, tours, products, departures, orders, payments and delivery."""

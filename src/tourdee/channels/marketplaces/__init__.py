"""Shopee, Lazada, TikTok Shop by the seller's own template; LINE SHOPPING by its interface."""

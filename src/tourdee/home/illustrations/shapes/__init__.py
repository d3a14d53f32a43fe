"""Reusable pieces of the pictures: sky, land, water, plants, buildings, boats, people, wares."""

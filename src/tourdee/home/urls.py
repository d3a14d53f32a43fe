"""Addresses of the pages that compose other rooms."""

from django.contrib.sitemaps.views import index, sitemap
from django.urls import path

from .views import found, public, today

urlpatterns = [
    path("", public.landing, name="landing"),
    path("course/", public.course, name="course"),
    path("today/", today.today, name="today"),
    path("robots.txt", found.robots, name="robots"),
    path("sitemap.xml", index, {"sitemaps": found.SITEMAPS, "sitemap_url_name": "sitemap"}, name="sitemap_index"),
    path("sitemap-<slug:section>.xml", sitemap, {"sitemaps": found.SITEMAPS}, name="sitemap"),
]

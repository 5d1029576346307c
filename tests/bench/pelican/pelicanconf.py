"""Pelican's settings for the site that is compared with ours."""

import json
from pathlib import Path

HERE = Path(__file__).parent

SITENAME = "The Inspection Digest"
SITEURL = "https://inspection-digest.example"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
PATH = "content"
ARTICLE_PATHS = ["articles"]
PAGE_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
THEME = "theme"
THEME_STATIC_PATHS = ["../static/assets"]
THEME_STATIC_DIR = "assets"
PLUGIN_PATHS = ["."]
PLUGINS = ["terms"]
SLUGIFY_SOURCE = "basename"
DEFAULT_DATE_FORMAT = "%-d %B %Y"
ARTICLE_URL = "articles/{slug}/"
ARTICLE_SAVE_AS = "articles/{slug}/index.html"
CATEGORY_URL = "authorities/{slug}/"
CATEGORY_SAVE_AS = "authorities/{slug}/index.html"
TAG_URL = "themes/{slug}/"
TAG_SAVE_AS = "themes/{slug}/index.html"
AUTHOR_SAVE_AS = ""
YEAR_ARCHIVE_URL = "years/{date:%Y}/"
YEAR_ARCHIVE_SAVE_AS = "years/{date:%Y}/index.html"
FEED_ALL_ATOM = "feed.xml"
CATEGORY_FEED_ATOM = "authorities/{slug}/feed.xml"
TAG_FEED_ATOM = "themes/{slug}/feed.xml"
TRANSLATION_FEED_ATOM = None
FEED_MAX_ITEMS = 30
RSS_FEED_SUMMARY_ONLY = True
DEFAULT_PAGINATION = False
DIRECT_TEMPLATES = ["index", "articles", "categories", "tags", "inspections", "sitemap", "table", "list"]
INDEX_SAVE_AS = "index.html"
ARTICLES_SAVE_AS = "articles/index.html"
CATEGORIES_SAVE_AS = "authorities/index.html"
TAGS_SAVE_AS = "themes/index.html"
INSPECTIONS_SAVE_AS = "inspections/index.html"
SITEMAP_SAVE_AS = "sitemap.xml"
TABLE_SAVE_AS = "articles.csv"
LIST_SAVE_AS = "articles.json"
JINJA_ENVIRONMENT = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
DATA = {
    name: json.loads((HERE / f"data/{name}.json").read_text("utf-8"))
    for name in ("authorities", "inspections", "holders", "labels")
}

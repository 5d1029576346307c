"""Runs every bar on the built site, with five articles and with a thousand, and prints what it measured."""

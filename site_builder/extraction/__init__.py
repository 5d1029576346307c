"""Reads a raw article: its facts, each with the words that prove it, and its body."""

"""Measures the search beside Pagefind and lunr.py, on articles made by chance."""

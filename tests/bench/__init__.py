"""Measures the build beside Hugo's and Pelican's, on articles made by chance."""

"""Makes PDF of our own posters, in a process of its own: weasyprint is heavy, and never loaded into the site.

`python -m press` in this folder's parent reads one HTML document and writes one PDF (see __main__).
"""

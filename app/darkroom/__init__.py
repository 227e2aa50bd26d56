"""Opens pictures that strangers send, in a process of its own: whatever they hide, they can hurt nothing but it.

Knows only Pillow and the letters to draw with; `python -m darkroom` in this folder's parent takes one job and ends (see __main__).
"""

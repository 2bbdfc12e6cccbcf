"""Vietnamese text: repair, old code pages, syllables, words."""

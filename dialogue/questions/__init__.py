"""Question kinds: configure, read, check, summarise, draw."""

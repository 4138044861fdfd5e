"""Told back: messages, what happened with my voice, public pages."""

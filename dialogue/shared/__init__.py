"""The ground under the rooms: database, clock, text, errors, keys and the outbox. Imports no room."""

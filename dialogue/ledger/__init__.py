"""The append-only, hash-chained record of who decided and changed what."""

"""Synchronization of the field journal, « journal hors ligne v1 » (docs/reference/sync-protocol.md)."""

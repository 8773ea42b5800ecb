"""Rows to promoted files: pieces on the workers, a merge per shard, one promotion at the end."""

"""HTML → page, facts and labels."""

"""Work that several processes share, on this machine or on a cluster; of what the work is nothing is known here."""

//! Getting pages from portals: politely, within limits, from public addresses only.

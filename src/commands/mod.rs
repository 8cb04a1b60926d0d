//! The verbs: each joins stages into one job.

//! What is said of an archive that had to be put right.

use crate::archive::{Archive, Repair};

/// Says what had to be put right after a run that was killed, or a disk that lost something.
pub(super) fn repairs(archive: &Archive) {
    for repair in archive.repairs() {
        match repair {
            Repair::Cut { .. } | Repair::Taken { .. } => tracing::info!("{repair}"),
            Repair::Lost { .. } => tracing::warn!("{repair}"),
        }
    }
}

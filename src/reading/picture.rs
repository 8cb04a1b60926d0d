//! Who reads the pages of files that are pictures: whoever has such a program says so.

use std::fmt;
use std::sync::Arc;

use crate::file::{OcrLine, Picture};

/// The lines of a picture with their places; `None` if it could not be read.
type Lines = dyn Fn(&Picture) -> Option<Vec<OcrLine>> + Send + Sync;

/// A reader of pictures of text.
#[derive(Clone)]
pub struct PictureReader {
    /// Most pictures of one file that it is asked for.
    pub(super) most: usize,
    pub(super) lines: Arc<Lines>,
}

impl PictureReader {
    /// A reader that is asked for at most so many pictures of one file.
    pub fn new(most: usize, lines: impl Fn(&Picture) -> Option<Vec<OcrLine>> + Send + Sync + 'static) -> Self {
        Self { most, lines: Arc::new(lines) }
    }
}

impl fmt::Debug for PictureReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PictureReader").field("most", &self.most).finish_non_exhaustive()
    }
}

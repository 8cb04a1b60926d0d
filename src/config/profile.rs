//! Portal families: how each is recognised and where it keeps the article; one file a family in `config/profiles`.

/// The known portal families.
#[derive(Debug, Clone, Default)]
pub struct Profiles {}

impl Profiles {
    /// The families shipped in the program.
    pub fn builtin() -> Self {
        Self {}
    }
}

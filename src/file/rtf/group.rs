//! Groups of an RTF file: what holds inside one, and where its text goes.

/// Where text goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Destination {
    /// Into the document.
    #[default]
    Text,
    /// Nowhere.
    Skipped,
    /// Into the table of fonts.
    Fonts,
    /// Into the title of the file.
    Title,
    /// Into the number before a paragraph.
    Number,
    /// A field.
    Field,
    /// Into the instruction of a field.
    Instruction,
    /// What a field shows.
    Result,
    /// Into a note.
    Note,
    /// Into a text box.
    Box,
}

/// Destinations whose text is none of the document.
const SKIPPED: [&str; 34] = [
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "objdata",
    "objclass",
    "listtable",
    "listoverridetable",
    "revtbl",
    "rsidtbl",
    "generator",
    "xe",
    "tc",
    "txe",
    "rxe",
    "shprslt",
    "nonshppict",
    "sp",
    "themedata",
    "datastore",
    "pntxta",
    "pntxtb",
    "bkmkstart",
    "bkmkend",
    "annotation",
    "ftnsep",
];

impl Destination {
    /// The destination that a control word begins.
    pub(super) fn of(word: &str) -> Option<Self> {
        Some(match word {
            "fonttbl" => Self::Fonts,
            "title" => Self::Title,
            "listtext" | "pntext" => Self::Number,
            "field" => Self::Field,
            "fldinst" => Self::Instruction,
            "fldrslt" => Self::Result,
            "footnote" => Self::Note,
            "shptxt" => Self::Box,
            word if SKIPPED.contains(&word) => Self::Skipped,
            _ => return None,
        })
    }

    /// Text goes into the document, a note or a box.
    pub(super) fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::Field | Self::Note | Self::Box)
    }
}

/// The text that a control word stands for.
pub(super) fn character(word: &str) -> &'static str {
    match word {
        "line" | "page" | "column" | "lbr" => "\n",
        "tab" => "\t",
        "emdash" => "—",
        "endash" => "–",
        "lquote" => "‘",
        "rquote" => "’",
        "ldblquote" => "“",
        "rdblquote" => "”",
        "bullet" => "•",
        "emspace" | "enspace" | "qmspace" => " ",
        _ => "",
    }
}

/// What holds inside a group.
#[expect(clippy::struct_excessive_bools, reason = "the format has so many switches, each for itself")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) destination: Destination,
    /// The destination begins with this group and ends with it.
    pub(super) begins_here: bool,
    /// What it begins may be passed over by a reader that does not know it.
    pub(super) starred: bool,
    pub(super) font: i32,
    /// The font of ideographs, where it is another.
    pub(super) east_font: i32,
    pub(super) bold: bool,
    pub(super) hidden: bool,
    pub(super) deleted: bool,
    pub(super) centred: bool,
    pub(super) in_table: bool,
    pub(super) unicode_skip: usize,
}

impl Default for Group {
    fn default() -> Self {
        Self {
            destination: Destination::Text,
            begins_here: false,
            starred: false,
            font: -1,
            east_font: -1,
            bold: false,
            hidden: false,
            deleted: false,
            centred: false,
            in_table: false,
            unicode_skip: 1,
        }
    }
}

impl Group {
    /// A group opens inside this one.
    pub(super) fn opened(&mut self) {
        self.begins_here = false;
        self.starred = false;
    }

    /// Back to runs without properties.
    pub(super) fn plain(&mut self) {
        (self.bold, self.hidden, self.deleted, self.east_font) = (false, false, false, -1);
    }

    /// The destination that follows may be passed over; a word that is known says otherwise.
    pub(super) fn optional(&mut self) {
        self.starred = true;
        if self.destination != Destination::Fonts {
            self.destination = Destination::Skipped;
        }
    }
}

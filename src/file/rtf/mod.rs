//! RTF: the text as it is shown, in the encodings of its fonts, with the list numbers that the writer put beside it.

mod fonts;
mod group;
mod story;
mod tokens;

use encoding_rs::{Encoding, WINDOWS_1252};

use super::face::is_heading_face;
use super::field::Fields;
use super::flow::{Flow, level_emphasis};
use super::rows::Shape;
use super::{FileError, FileKind, FileRule, FileText, Limits, table};
use crate::model::Block;
use crate::text::clean_line;
use fonts::{Font, Fonts};
use group::{Destination, Group};
use story::{Story, marker_of};
use tokens::{Token, Tokens};

/// Reads the text.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<FileText, FileError> {
    let mut reader = Reader::new(limits);
    for token in Tokens::new(bytes) {
        match token {
            Token::Open => reader.open()?,
            Token::Close => {
                if reader.close()? {
                    break;
                }
            }
            Token::Word(word, number) => reader.word(word, number)?,
            Token::Sign(sign) => reader.sign(sign),
            Token::Byte(byte) => reader.byte(byte),
        }
    }
    if !reader.groups.is_empty() {
        return Err(FileError::Truncated);
    }
    reader.finish()
}

struct Reader<'a> {
    flow: Flow<'a>,
    encoding: &'static Encoding,
    fonts: Fonts,
    font_name: Vec<u8>,
    title: Vec<u8>,
    group: Group,
    groups: Vec<Group>,
    /// The document, and stories inside it that are open.
    stories: Vec<Story>,
    notes: Vec<(String, Vec<Block>)>,
    fields: Fields,
    shape: Shape,
    cell_continues: bool,
    /// Bytes that are not decoded yet, and halves of a character beyond the first plane.
    pending: Vec<u8>,
    half: Option<u16>,
    /// Characters to pass over behind `\u`.
    skip: usize,
    /// The word before this one was `\dbch`.
    east: bool,
}

impl<'a> Reader<'a> {
    fn new(limits: &'a Limits) -> Self {
        Self {
            flow: Flow::new(limits),
            encoding: WINDOWS_1252,
            fonts: Fonts::new(),
            font_name: Vec::new(),
            title: Vec::new(),
            group: Group::default(),
            groups: Vec::new(),
            stories: vec![Story::default()],
            notes: Vec::new(),
            fields: Fields::default(),
            shape: Shape::default(),
            cell_continues: false,
            pending: Vec::new(),
            half: None,
            skip: 0,
            east: false,
        }
    }

    fn open(&mut self) -> Result<(), FileError> {
        self.flush();
        self.skip = 0;
        if self.groups.len() >= self.flow.limits.nesting {
            return Err(FileError::TooLarge("nesting"));
        }
        self.groups.push(self.group);
        self.group.opened();
        Ok(())
    }

    /// Closes a group; `true` at the end of the file.
    fn close(&mut self) -> Result<bool, FileError> {
        self.flush();
        self.skip = 0;
        let Some(above) = self.groups.pop() else { return Ok(true) };
        let own = std::mem::replace(&mut self.group, above);
        if own.begins_here {
            match own.destination {
                Destination::Note | Destination::Box => self.end_story(own.destination)?,
                Destination::Field => {
                    let drawn = self.fields.end().unwrap_or_default();
                    self.push(&drawn);
                }
                _ => {}
            }
        }
        Ok(self.groups.is_empty())
    }

    fn end_story(&mut self, destination: Destination) -> Result<(), FileError> {
        self.end_paragraph()?;
        self.end_table()?;
        let Some(story) = (self.stories.len() > 1).then(|| self.stories.pop()).flatten() else { return Ok(()) };
        if destination == Destination::Note {
            let mark = format!("[{}]", self.notes.len() + 1);
            self.push(&mark);
            self.notes.push((mark, story.blocks));
        } else if let Some(outer) = self.stories.last_mut() {
            // A box stands before the paragraph that it hangs on.
            if outer.rows.is_empty() { outer.blocks.extend(story.blocks) } else { outer.rows.add(story.blocks) }
        }
        Ok(())
    }

    fn word(&mut self, word: &str, number: Option<i32>) -> Result<(), FileError> {
        if word == "u" {
            self.decode();
            self.unicode(number.unwrap_or(0));
            return Ok(());
        }
        self.flush();
        self.skip = 0;
        let on = number != Some(0);
        let east = std::mem::replace(&mut self.east, word == "dbch");
        if let Some(destination) = Destination::of(word) {
            self.begin(destination);
            return Ok(());
        }
        match word {
            // Behind `\dbch` the properties of associated text are those of ideographs.
            "ab" if east => self.group.bold = on,
            "af" if east => self.group.east_font = number.unwrap_or(0),
            "b" => self.group.bold = on,
            "v" => self.group.hidden = on,
            "deleted" => self.group.deleted = on,
            "plain" => self.group.plain(),
            "pard" => (self.group.centred, self.group.in_table) = (false, false),
            "qc" => self.group.centred = true,
            "ql" | "qr" | "qj" | "qd" => self.group.centred = false,
            "intbl" => self.group.in_table = true,
            "par" | "sect" | "nestcell" if self.group.destination.is_text() => self.end_paragraph()?,
            "cell" if self.group.destination.is_text() => {
                self.group.in_table = true;
                self.end_paragraph()?;
                self.story().rows.end_cell();
            }
            "row" if self.group.destination.is_text() => {
                let shape = self.shape.clone();
                self.story().rows.end_row(shape);
            }
            _ => {
                self.font_word(word, number);
                self.row_word(word, number);
                self.push(group::character(word));
            }
        }
        Ok(())
    }

    /// Words of encodings and fonts.
    fn font_word(&mut self, word: &str, number: Option<i32>) {
        match word {
            "ansicpg" => self.encoding = fonts::of_page(number.unwrap_or(0)),
            "uc" => self.group.unicode_skip = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(16),
            "f" if self.group.destination == Destination::Fonts => {
                self.font_name.clear();
                self.group.font = number.unwrap_or(0);
                self.fonts.insert(self.group.font, Font { encoding: None, heading: false });
            }
            "fcharset" if self.group.destination == Destination::Fonts => {
                if let Some(font) = self.fonts.get_mut(&self.group.font) {
                    font.encoding = fonts::of_charset(number.unwrap_or(0));
                }
            }
            "f" => self.group.font = number.unwrap_or(0),
            _ => {}
        }
    }

    /// Words that say what a row looks like.
    fn row_word(&mut self, word: &str, number: Option<i32>) {
        match word {
            "trowd" => {
                self.shape = Shape { edges: vec![0], ..Shape::default() };
                self.cell_continues = false;
            }
            "trleft" => {
                if let Some(first) = self.shape.edges.first_mut() {
                    *first = number.unwrap_or(0);
                }
            }
            "trhdr" => self.shape.head = true,
            "clvmrg" => self.cell_continues = true,
            "cellx" => {
                self.shape.edges.push(number.unwrap_or(0));
                self.shape.continues.push(std::mem::take(&mut self.cell_continues));
            }
            _ => {}
        }
    }

    fn begin(&mut self, destination: Destination) {
        // What is inside something that is left out stays left out; boxes and the title stand inside such things.
        let around = if self.group.starred { self.groups.last().copied().unwrap_or_default() } else { self.group };
        let inside = matches!(destination, Destination::Box | Destination::Title);
        if around.destination == Destination::Skipped && !inside {
            return;
        }
        match destination {
            Destination::Field => self.fields.begin(),
            Destination::Result => {
                self.fields.separate();
                return;
            }
            Destination::Note | Destination::Box => self.stories.push(Story::default()),
            _ => {}
        }
        self.group.destination = destination;
        self.group.begins_here = true;
        if matches!(destination, Destination::Note | Destination::Box) {
            (self.group.in_table, self.group.centred) = (false, false);
        }
    }

    fn sign(&mut self, sign: u8) {
        self.flush();
        match sign {
            b'~' => self.push(" "),
            b'_' => self.push("-"),
            // What follows may be passed over by a reader that does not know it.
            b'*' => self.group.optional(),
            _ => {}
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        match self.group.destination {
            Destination::Fonts if byte == b';' => {
                let name = std::mem::take(&mut self.font_name);
                let encoding = self.fonts.get(&self.group.font).and_then(|font| font.encoding).unwrap_or(self.encoding);
                let name = encoding.decode_without_bom_handling(&name).0;
                if let Some(font) = self.fonts.get_mut(&self.group.font) {
                    font.heading |= is_heading_face(&name);
                }
            }
            Destination::Fonts if self.font_name.len() < 200 => self.font_name.push(byte),
            Destination::Title if self.title.len() < 2000 => self.title.push(byte),
            Destination::Skipped | Destination::Fonts | Destination::Title => {}
            _ => self.pending.push(byte),
        }
    }

    fn unicode(&mut self, number: i32) {
        // Numbers above 32,767 are written as negative ones.
        let unit = u16::try_from(number.rem_euclid(0x1_0000)).unwrap_or_default();
        self.skip = self.group.unicode_skip;
        let units: Vec<u16> = self.half.take().into_iter().chain([unit]).collect();
        if (0xd800..0xdc00).contains(&unit) {
            self.half = Some(unit);
            return;
        }
        let text: String = char::decode_utf16(units).filter_map(Result::ok).collect();
        match self.group.destination {
            Destination::Fonts => {
                if let Some(font) = self.fonts.get_mut(&self.group.font) {
                    // 黑 and 楷 stand in no other name of a face.
                    font.heading |= text == "黑" || text == "楷";
                }
            }
            Destination::Title => {
                let (bytes, ..) = self.encoding.encode(&text);
                self.title.extend_from_slice(&bytes);
            }
            Destination::Skipped => {}
            _ => self.push(&text),
        }
    }

    /// Decodes the bytes of text so far.
    fn decode(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.pending);
        let encoding = self.fonts.get(&self.group.font).and_then(|font| font.encoding).unwrap_or(self.encoding);
        let text = encoding.decode_without_bom_handling(&bytes).0.into_owned();
        self.push(&text);
    }

    fn flush(&mut self) {
        self.decode();
        self.half = None;
    }

    fn push(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let fonts = [self.group.font, self.group.east_font];
        let heading = fonts.iter().any(|font| self.fonts.get(font).is_some_and(|font| font.heading));
        let emphasised = self.group.bold || heading;
        match self.group.destination {
            Destination::Instruction => self.fields.instruction(text),
            Destination::Number => self.story().marker.push_str(text),
            destination if !destination.is_text() => {}
            _ if self.group.deleted => self.flow.note(FileRule::DeletedText, 1),
            _ if self.group.hidden => self.flow.note(FileRule::HiddenText, 1),
            _ if self.fields.hides() => {}
            _ => self.story().line.push(text, emphasised),
        }
    }

    fn story(&mut self) -> &mut Story {
        if self.stories.is_empty() {
            self.stories.push(Story::default());
        }
        let last = self.stories.len() - 1;
        &mut self.stories[last]
    }

    fn end_paragraph(&mut self) -> Result<(), FileError> {
        let story = self.story();
        let (line, marker) = (std::mem::take(&mut story.line), std::mem::take(&mut story.marker));
        let marker = marker_of(&marker);
        let blocks = self.flow.paragraph(line, marker, self.group.centred)?;
        if self.group.in_table {
            self.story().rows.add(blocks);
        } else {
            self.end_table()?;
            self.story().blocks.extend(blocks);
        }
        Ok(())
    }

    fn end_table(&mut self) -> Result<(), FileError> {
        if !self.story().rows.is_empty() {
            let rows = std::mem::take(&mut self.story().rows).finish();
            let blocks = table::blocks(rows, &mut self.flow.cells, self.flow.limits)?;
            self.story().blocks.extend(blocks);
        }
        Ok(())
    }

    fn finish(mut self) -> Result<FileText, FileError> {
        self.group = Group::default();
        self.end_paragraph()?;
        self.end_table()?;
        let mut blocks = std::mem::take(&mut self.story().blocks);
        for (mark, mut inside) in self.notes {
            if let Some(first) = inside.first_mut() {
                first.text = format!("{mark} {}", first.text);
                first.emphasis = 0;
            }
            blocks.extend(inside);
        }
        level_emphasis(&mut blocks);
        self.flow.note(FileRule::FieldCode, self.fields.ended());
        let title = clean_line(&self.encoding.decode_without_bom_handling(&self.title).0);
        Ok(FileText {
            kind: FileKind::Rtf,
            title: (!title.is_empty()).then_some(title),
            blocks,
            pages: 0,
            needs_ocr: Vec::new(),
            by_ocr: Vec::new(),
            notes: self.flow.notes(),
        })
    }
}

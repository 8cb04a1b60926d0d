//! PDF: the interpreter of `hayro` says what each page draws; what it means is read in `layout`.

mod codes;
mod device;
mod guard;

use std::panic::AssertUnwindSafe;

use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, Rect};
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, RenderContent, interpret_page};

use super::layout::{Drawn, Sheet};
use super::ocr::{self, OcrReader, Picture};
use super::{FileError, Limits};
use codes::Codes;
use device::{Budget, Recorder, Spent};

/// Calls of the interpreter for each glyph that is allowed.
const CALLS: usize = 4;

/// The glyphs, lines and pictures of every page.
pub(super) fn glyphs(bytes: &[u8], limits: &Limits, ocr: Option<OcrReader<'_>>) -> Result<Drawn, FileError> {
    // The interpreter has no way to be told that it is enough, and a font may yet hold a surprise for its parsers:
    // this is the one place where unwinding ends.
    let drawn = std::panic::catch_unwind(AssertUnwindSafe(|| interpret(bytes, limits, ocr)));
    drawn.unwrap_or_else(|thrown| {
        let spent = thrown.is::<Spent>();
        Err(if spent { FileError::TooLarge("glyphs") } else { FileError::Broken("content of a page") })
    })
}

fn interpret(bytes: &[u8], limits: &Limits, ocr: Option<OcrReader<'_>>) -> Result<Drawn, FileError> {
    guard::before_opening(bytes, limits)?;
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected | DecryptionError::UnsupportedAlgorithm) => {
            FileError::Encrypted
        }
        LoadPdfError::Decryption(_) => FileError::Broken("encryption"),
        LoadPdfError::Invalid => FileError::Truncated,
    })?;
    if pdf.pages().len() > limits.pages {
        return Err(FileError::TooLarge("pages"));
    }
    guard::streams(&pdf, limits)?;
    guard::content(&pdf, limits)?;
    // Marks that a reader sets beside the text are not part of it.
    let settings = InterpreterSettings { render_content: RenderContent::PAGE, ..InterpreterSettings::default() };
    let cache = InterpreterCache::new();
    let mut codes = Codes::new(&pdf);
    let mut budget = Budget { calls: limits.glyphs.saturating_mul(CALLS), glyphs: limits.glyphs };
    let mut sheets = Vec::with_capacity(pdf.pages().len());
    for (page, number) in pdf.pages().iter().zip(1..) {
        let (width, height) = page.render_dimensions();
        let transform = Affine::new(page.initial_transform(true).as_coeffs());
        let area = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let mut context = Context::new(transform, area, &cache, pdf.xref(), settings.clone());
        let mut recorder = Recorder::new(width, height, &mut codes, &mut budget);
        recorder.pictures = ocr.map(|_| Vec::new());
        interpret_page(page, &mut context, &mut recorder);
        let Recorder { mut sheet, pictures, .. } = recorder;
        if let Some(ocr) = ocr.filter(|_| sheet.needs_ocr()) {
            read_pictures(&mut sheet, number, pictures.unwrap_or_default(), ocr);
        }
        sheets.push(sheet);
    }
    let title = pdf.metadata().title.as_deref().and_then(text_string);
    Ok(Drawn { title, sheets })
}

/// Has the pictures of a page read.
fn read_pictures(sheet: &mut Sheet, page: usize, pictures: Vec<([f32; 4], Picture)>, ocr: OcrReader<'_>) {
    for (area, picture) in pictures {
        let picture = Picture { page, ..picture };
        if let Some(lines) = ocr(&picture).filter(|lines| !lines.is_empty()) {
            if !sheet.is_read {
                // What little was known of the page is on its picture too.
                sheet.glyphs.clear();
                sheet.unknown = 0;
            }
            ocr::put(sheet, area, &picture, &lines);
        }
    }
}

/// A text string (ISO 32000-1, 7.9.2.2): UTF-16 or UTF-8 by its mark, else the bytes are Latin.
fn text_string(bytes: &[u8]) -> Option<String> {
    let text = if let Some(units) = bytes.strip_prefix(b"\xfe\xff") {
        let units = units.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
        char::decode_utf16(units).collect::<Result<String, _>>().ok()?
    } else {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        String::from_utf8(bytes.to_vec()).ok()?
    };
    Some(crate::text::clean_line(&text)).filter(|text| !text.is_empty())
}

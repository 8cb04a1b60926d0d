//! What a file would cost, found before it is paid: streams that unpack to more than is allowed, forms that draw
//! forms over and over.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};
use hayro_interpret::hayro_syntax::content::TypedIter;
use hayro_interpret::hayro_syntax::content::ops::TypedInstruction;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Stream};
use hayro_interpret::hayro_syntax::page::Resources;
use hayro_interpret::hayro_syntax::{Filter, Pdf};

use crate::file::{FileError, Limits};

/// Bytes that LZW makes of one at most: a code of twelve bits stands for up to 4,096 bytes.
const LZW: usize = 2_731;
/// Bytes that run lengths make of one at most.
const RUN: usize = 64;
/// Where the interpreter itself stops: forms inside forms.
const DEPTH: usize = 50;
/// Between the name of a packed object list and its bytes stands the rest of its dictionary.
const HEAD: usize = 4_096;

/// Streams whose names are no image are unpacked as soon as they are met, these under one of the names.
const UNPACKED: [&[u8]; 7] =
    [b"Contents", b"ToUnicode", b"FontFile", b"FontFile2", b"FontFile3", b"CIDToGIDMap", b"Encoding"];

/// Looks at the lists of objects, which are unpacked when a file is opened.
pub(super) fn before_opening(bytes: &[u8], limits: &Limits) -> Result<(), FileError> {
    let mut budget = limits.unpacked;
    for name in [b"/ObjStm".as_slice(), b"/XRef"] {
        let mut rest = bytes;
        while let Some(at) = find(rest, name) {
            rest = rest.get(at + name.len()..).unwrap_or_default();
            let head = rest.get(..HEAD).unwrap_or(rest);
            let Some(start) = find(head, b"stream").map(|at| at + b"stream".len()) else { continue };
            let data = rest.get(start..).unwrap_or_default();
            let data = data.strip_prefix(b"\r").unwrap_or(data);
            let (size, _) = inflated(data.strip_prefix(b"\n").unwrap_or(data), budget, false);
            budget = budget.checked_sub(size).ok_or(FileError::TooLarge("unpacked"))?;
        }
    }
    Ok(())
}

/// Looks at every stream that reading may unpack. Images are not: they are only looked for.
pub(super) fn streams(pdf: &Pdf, limits: &Limits) -> Result<(), FileError> {
    let mut budget = limits.unpacked;
    for object in pdf.objects() {
        match object {
            Object::Stream(stream) if is_image(&stream) => {}
            Object::Stream(stream) => {
                let size = unpacked(stream.raw_data(), &stream.filters(), budget);
                budget = size.and_then(|size| budget.checked_sub(size)).ok_or(FileError::TooLarge("unpacked"))?;
                disguised(stream.dict())?;
            }
            Object::Dict(dict) => disguised(&dict)?,
            _ => {}
        }
    }
    Ok(())
}

/// A stream that says it is an image and is used as something else.
fn disguised(dict: &Dict<'_>) -> Result<(), FileError> {
    let disguised = UNPACKED.iter().any(|&key| {
        let one = dict.get::<Stream<'_>>(key).is_some_and(|stream| is_image(&stream));
        one || dict.get::<Array<'_>>(key).is_some_and(|all| all.iter::<Stream<'_>>().any(|stream| is_image(&stream)))
    });
    if disguised { Err(FileError::Broken("an image that is none")) } else { Ok(()) }
}

fn is_image(stream: &Stream<'_>) -> bool {
    is_a(stream.dict(), b"Image")
}

fn is_a(dict: &Dict<'_>, kind: &[u8]) -> bool {
    dict.get::<Name<'_>>(b"Subtype".as_slice()).is_some_and(|name| name.as_ref() == kind)
}

/// How many bytes a stream unpacks to; `None` if it is more than `most`, or may be.
fn unpacked(data: Cow<'_, [u8]>, filters: &[Filter], most: usize) -> Option<usize> {
    let mut data = data;
    for (n, filter) in filters.iter().enumerate() {
        match filter {
            Filter::FlateDecode => {
                let (size, bytes) = inflated(&data, most, n + 1 < filters.len());
                if size > most || n + 1 == filters.len() {
                    return (size <= most).then_some(size);
                }
                data = Cow::Owned(bytes);
            }
            Filter::AsciiHexDecode => data = Cow::Owned(ascii_hex(&data)),
            Filter::Ascii85Decode => data = Cow::Owned(ascii_85(&data)),
            // Neither is written any more; what they would make at most is all that is asked.
            Filter::LzwDecode => return Some(data.len().saturating_mul(LZW)).filter(|&size| size <= most),
            Filter::RunLengthDecode => return Some(data.len().saturating_mul(RUN)).filter(|&size| size <= most),
            _ => break,
        }
    }
    Some(data.len()).filter(|&size| size <= most)
}

/// The length of inflated data, at most one more than `most`, and the data if they are wanted.
fn inflated(data: &[u8], most: usize, wanted: bool) -> (usize, Vec<u8>) {
    let mut kept = Vec::new();
    let mut take = |reader: &mut dyn Read| {
        let (mut size, mut block) = (0, [0; 16_384]);
        kept.clear();
        while let Ok(read @ 1..) = reader.read(&mut block) {
            size += read;
            if wanted {
                kept.extend_from_slice(block.get(..read).unwrap_or_default());
            }
            if size > most {
                break;
            }
        }
        size
    };
    let mut size = take(&mut ZlibDecoder::new(data));
    if size == 0 {
        size = take(&mut DeflateDecoder::new(data));
    }
    (size, kept)
}

fn ascii_hex(data: &[u8]) -> Vec<u8> {
    let digits = data.iter().take_while(|&&byte| byte != b'>').filter_map(|&byte| char::from(byte).to_digit(16));
    let digits: Vec<u8> = digits.filter_map(|digit| u8::try_from(digit).ok()).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect()
}

fn ascii_85(data: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(data.len());
    let (mut group, mut digits) = (0_u32, 0_usize);
    for &byte in data.iter().take_while(|&&byte| byte != b'~') {
        match byte {
            b'z' if digits == 0 => bytes.extend([0; 4]),
            b'!'..=b'u' => {
                group = group.wrapping_mul(85).wrapping_add(u32::from(byte - b'!'));
                digits += 1;
            }
            _ => {}
        }
        if digits == 5 {
            bytes.extend(group.to_be_bytes());
            (group, digits) = (0, 0);
        }
    }
    if digits > 1 {
        let filled = (digits..5).fold(group, |group, _| group.wrapping_mul(85).wrapping_add(84));
        bytes.extend(filled.to_be_bytes().into_iter().take(digits - 1));
    }
    bytes
}

/// Adds up what the pages would have the interpreter read: a form counts as often as it is drawn.
pub(super) fn content(pdf: &Pdf, limits: &Limits) -> Result<(), FileError> {
    let mut costs = Costs { known: HashMap::new() };
    let mut budget = limits.unpacked;
    for page in pdf.pages().iter() {
        let Some(content) = page.page_stream() else { continue };
        let cost = costs.of(content, page.resources(), 0)?;
        budget = budget.checked_sub(cost).ok_or(FileError::TooLarge("content"))?;
    }
    Ok(())
}

struct Costs {
    /// What each form costs; `None` while it is being looked at.
    known: HashMap<ObjectIdentifier, Option<usize>>,
}

impl Costs {
    fn of(&mut self, content: &[u8], resources: &Resources<'_>, depth: usize) -> Result<usize, FileError> {
        let mut cost = content.len();
        if resources.x_objects.is_empty() || depth > DEPTH {
            return Ok(cost);
        }
        let mut operations = TypedIter::new(content);
        let mut here: HashMap<Vec<u8>, usize> = HashMap::new();
        while let Some(operation) = operations.next() {
            let TypedInstruction::XObject(drawn) = operation else { continue };
            let form = if let Some(&cost) = here.get(drawn.0.as_ref()) {
                cost
            } else {
                let cost = self.form(drawn.0, resources, depth)?;
                here.insert(drawn.0.as_ref().to_vec(), cost);
                cost
            };
            cost = cost.saturating_add(form);
        }
        Ok(cost)
    }

    fn form(&mut self, name: &Name<'_>, resources: &Resources<'_>, depth: usize) -> Result<usize, FileError> {
        let Some(form) = resources.get_x_object(name).filter(|form| is_a(form.dict(), b"Form")) else { return Ok(1) };
        match self.known.get(&form.obj_id()) {
            Some(Some(cost)) => return Ok(*cost),
            Some(None) => return Err(FileError::Broken("a form that draws itself")),
            None => {}
        }
        self.known.insert(form.obj_id(), None);
        let own = form.dict().get::<Dict<'_>>(b"Resources".as_slice()).map(Resources::new);
        let content = form.decoded_data().unwrap_or_default();
        let cost =
            self.of(&content, own.as_ref().unwrap_or(resources), depth + 1)?.saturating_add(form.raw_data().len());
        self.known.insert(form.obj_id(), Some(cost));
        Ok(cost)
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_forms_of_bytes_are_read() {
        assert_eq!(ascii_hex(b"41 4 2 5>00"), b"ABP");
        assert_eq!(ascii_85(b"87cURD]i,\"Ebo80~>"), b"Hello World!");
        assert_eq!(ascii_85(b"z"), [0; 4]);
    }

    #[test]
    fn what_unpacks_to_more_than_is_allowed_is_told() {
        let packed = {
            use std::io::Write as _;
            let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
            encoder.write_all(&vec![0; 100_000]).unwrap();
            encoder.finish().unwrap()
        };
        let size = |filters: &[Filter], most| unpacked(Cow::Borrowed(&packed), filters, most);
        assert_eq!(size(&[Filter::FlateDecode], 100_000), Some(100_000));
        assert_eq!(size(&[Filter::FlateDecode], 99_999), None);
        assert_eq!(size(&[Filter::LzwDecode], 1_000), None);
        assert_eq!(size(&[Filter::DctDecode], 1_000), Some(packed.len()));
        assert_eq!(size(&[], 10), None);
    }
}

//! Bytes → [`Page`]: byte order mark, UTF-8, the declared encoding, detection.

use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use url::Url;

use crate::model::{Page, PageFormat, Reason, Reject, Stage};
use crate::text::is_private_use;

/// How far into a page its `<meta charset>` is looked for; the HTML standard asks for the first 1,024 bytes, templates
/// with long comments need more.
const META_WINDOW: usize = 4096;

/// Decodes the bytes of a page; `gb2312` and `gbk` are read as GB18030.
///
/// What the bytes are weighs more than what is said of them: a byte order mark and valid UTF-8 win over every label,
/// and a label under which the bytes are broken loses to an encoding under which they are sound.
///
/// # Errors
/// Bytes that are empty or no text are rejected.
pub fn decode(bytes: &[u8], content_type: Option<&str>, format: PageFormat, url: Option<&Url>) -> Result<Page, Reject> {
    let reject = |reason| Reject { stage: Stage::Decode, reason };
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(reject(Reason::Empty));
    }
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None => unmarked(bytes, content_type).ok_or(reject(Reason::Binary))?,
    };
    let (text, replaced) = read(encoding, bytes);
    if text.chars().all(crate::text::is_blank) {
        return Err(reject(Reason::Empty));
    }
    Ok(Page { url: url.cloned(), format, text, charset: encoding.name(), replaced })
}

/// The encoding that a page's `<meta>` declares.
pub(crate) fn declared_in_markup(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..META_WINDOW).unwrap_or(bytes);
    charset_after(head)
}

/// The encoding of bytes without a byte order mark; `None` if they are no text.
fn unmarked(bytes: &[u8], content_type: Option<&str>) -> Option<&'static Encoding> {
    if is_binary(bytes) {
        return None;
    }
    if let Some(wide) = wide(bytes) {
        return Some(wide);
    }
    if mostly_utf8(bytes) {
        return Some(UTF_8);
    }
    let labels = [content_type.and_then(|header| charset_after(header.as_bytes())), declared_in_markup(bytes)];
    let mut candidates: Vec<&'static Encoding> = labels.into_iter().flatten().map(widened).collect();
    if candidates.is_empty() {
        candidates.push(detected(bytes));
    }
    candidates.extend([UTF_8, GB18030, BIG5]);
    // The first of the least broken: a label wins a tie, and one under which all is sound need not be compared.
    let mut least: Option<(usize, &'static Encoding)> = None;
    for encoding in candidates {
        let damage = damage(encoding, bytes);
        if damage == 0 {
            return Some(encoding);
        }
        if least.is_none_or(|(known, _)| damage < known) {
            least = Some((damage, encoding));
        }
    }
    least.map(|(_, encoding)| encoding)
}

/// GB18030 holds all of GBK and GB2312, and pages labelled with the older names use its characters.
fn widened(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == GBK { GB18030 } else { encoding }
}

fn detected(bytes: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = widened(detector.guess(Some(b"cn"), chardetng::Utf8Detection::Allow));
    // A Western guess on pages in Chinese is a failed guess.
    if guess.is_single_byte() { GB18030 } else { guess }
}

fn read(encoding: &'static Encoding, bytes: &[u8]) -> (String, usize) {
    let (text, broken) = encoding.decode_with_bom_removal(bytes);
    let replaced = match broken {
        false => 0,
        true if encoding == UTF_8 => broken_utf8(bytes),
        true => text.matches('\u{fffd}').count(),
    };
    (text.into_owned(), replaced)
}

/// How many replacement characters the decoder puts in, as opposed to those that the page itself holds.
fn broken_utf8(bytes: &[u8]) -> usize {
    bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count()
}

/// Sequences that other encodings form by chance at most: one broken place in four characters is still UTF-8.
fn mostly_utf8(bytes: &[u8]) -> bool {
    if Encoding::utf8_valid_up_to(bytes) == bytes.len() {
        return true;
    }
    let (mut sound, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    broken * 4 <= sound
}

/// Broken or unlikely characters: replacements, private use, and C1 controls, which no page means.
fn damage(encoding: &'static Encoding, bytes: &[u8]) -> usize {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    text.chars().filter(|&c| is_private_use(c) || matches!(c, '\u{fffd}' | '\u{80}'..='\u{9f}')).count()
}

/// UTF-16 without a byte order mark: markup has a NUL in every other place.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..512).unwrap_or(bytes);
    let nuls = |odd: usize| head.iter().skip(odd).step_by(2).filter(|&&byte| byte == 0).count() * 4 > head.len();
    match (nuls(0), nuls(1)) {
        (true, false) => Some(UTF_16BE),
        (false, true) => Some(UTF_16LE),
        _ => None,
    }
}

/// The encoding named after `charset=` or `encoding=`; UTF-16 in a readable declaration means UTF-8 (HTML standard).
fn charset_after(bytes: &[u8]) -> Option<&'static Encoding> {
    let lower = bytes.to_ascii_lowercase();
    let found = [&b"charset"[..], b"encoding"].into_iter().find_map(|word| {
        let mut rest = lower.as_slice();
        while let Some(at) = rest.windows(word.len()).position(|window| window == word) {
            rest = rest.get(at + word.len()..)?;
            if let Some(encoding) = label_after_equals(rest) {
                return Some(encoding);
            }
        }
        None
    })?;
    Some(if found == UTF_16BE || found == UTF_16LE { UTF_8 } else { found })
}

fn label_after_equals(bytes: &[u8]) -> Option<&'static Encoding> {
    let value = bytes.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let value = value.strip_prefix(b"\"").or(value.strip_prefix(b"'")).unwrap_or(value).trim_ascii_start();
    let end = value.iter().position(|byte| !byte.is_ascii_alphanumeric() && !b"-_:.".contains(byte));
    Encoding::for_label(value.get(..end.unwrap_or(value.len()))?).filter(|&encoding| encoding != WINDOWS_1252)
}

/// First bytes of files that portals serve under the name of a page.
const SIGNATURES: [&[u8]; 12] = [
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\xd0\xcf\x11\xe0",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
    b"BM\x00\x00",
    b"{\\rtf",
    b"RIFF",
];

/// No text: a known file, or control characters that no text has.
fn is_binary(bytes: &[u8]) -> bool {
    if SIGNATURES.iter().any(|signature| bytes.starts_with(signature)) {
        return true;
    }
    let head = bytes.get(..META_WINDOW).unwrap_or(bytes);
    let controls = head.iter().filter(|&&byte| byte < 0x20 && !byte.is_ascii_whitespace() && byte != 0x1b).count();
    wide(bytes).is_none() && controls * 20 > head.len()
}

#[cfg(test)]
mod tests;

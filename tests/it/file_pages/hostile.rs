//! Files that cost far more than they weigh: each is an error with a reason, soon.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use gongwen::file::{FileError, Limits, read};

use super::bytes;

/// A page whose content is object 4, with a form F that is object 5.
const PAGE: &str = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
                    /Resources << /XObject << /F 5 0 R >> >> >>";

/// A file of these objects; the first is the catalogue, the second the page tree.
pub(crate) fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend(format!("{} 0 obj\n", n + 1).bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let start = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).bytes());
    for place in &places {
        file.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let size = places.len() + 1;
    file.extend(format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").bytes());
    file
}

pub(crate) fn object(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

pub(crate) fn stream(entries: &str, data: &[u8]) -> Vec<u8> {
    let mut stream = format!("<< /Length {} {entries} >>\nstream\n", data.len()).into_bytes();
    stream.extend(data);
    stream.extend(b"\nendstream");
    stream
}

/// One page whose content is object 4, with a form F that is object 5.
fn page_with(content: Vec<u8>, form: Vec<u8>) -> Vec<u8> {
    pdf(&[
        object("<< /Type /Catalog /Pages 2 0 R >>"),
        object("<< /Type /Pages /Count 1 /Kids [3 0 R] >>"),
        object(PAGE),
        content,
        form,
    ])
}

fn zeros(count: usize) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    let block = vec![b' '; 1 << 16];
    for _ in 0..count / block.len() {
        encoder.write_all(&block).unwrap();
    }
    encoder.finish().unwrap()
}

fn refused(bytes: &[u8]) -> FileError {
    read(bytes, &Limits::default()).expect_err("it must be refused")
}

#[test]
fn ten_thousand_pages_are_too_many() {
    let kids: String = (0..10_000).map(|n| format!("{} 0 R ", n + 3)).collect();
    let mut objects = vec![object("<< /Type /Catalog /Pages 2 0 R >>")];
    objects.push(object(&format!("<< /Type /Pages /Count 10000 /Kids [{kids}] >>")));
    objects.extend((0..10_000).map(|_| object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>")));
    assert_eq!(refused(&pdf(&objects)), FileError::TooLarge("pages"));
}

#[test]
fn a_form_that_draws_itself_is_refused() {
    for resources in ["/Resources 6 0 R", ""] {
        let form = format!("/Subtype /Form /BBox [0 0 9 9] {resources}");
        let file = pdf(&[
            object("<< /Type /Catalog /Pages 2 0 R >>"),
            object("<< /Type /Pages /Count 1 /Kids [3 0 R] >>"),
            object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources 6 0 R >>"),
            stream("", b"/F Do"),
            stream(&form, b"/F Do /F Do /F Do"),
            object("<< /XObject << /F 5 0 R >> >>"),
        ]);
        assert_eq!(refused(&file), FileError::Broken("a form that draws itself"), "{resources}");
    }
}

#[test]
fn forms_that_double_at_every_level_are_refused() {
    let levels = 40;
    let mut objects = vec![
        object("<< /Type /Catalog /Pages 2 0 R >>"),
        object("<< /Type /Pages /Count 1 /Kids [3 0 R] >>"),
        object(PAGE),
        stream("", b"/F Do"),
    ];
    for level in 0..levels {
        let next = 6 + level;
        let entries = format!("/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F {next} 0 R >> >>");
        objects.push(stream(&entries, b"/F Do /F Do"));
    }
    objects.push(stream("/Subtype /Form /BBox [0 0 9 9]", b"0 0 m 9 9 l S"));
    assert_eq!(refused(&pdf(&objects)), FileError::TooLarge("content"));
}

#[test]
fn deep_forms_that_draw_once_are_read() {
    let mut objects = vec![
        object("<< /Type /Catalog /Pages 2 0 R >>"),
        object("<< /Type /Pages /Count 1 /Kids [3 0 R] >>"),
        object(PAGE),
        stream("", b"/F Do"),
    ];
    for level in 0..200 {
        let next = 6 + level;
        let entries = format!("/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F {next} 0 R >> >>");
        objects.push(stream(&entries, b"/F Do"));
    }
    assert_eq!(refused(&pdf(&objects)), FileError::Empty);
}

#[test]
fn streams_that_unpack_to_gigabytes_are_refused() {
    let bomb = zeros(1 << 28);
    assert!(bomb.len() < 1 << 20);
    let file = page_with(stream("/Filter /FlateDecode", &bomb), stream("/Subtype /Form /BBox [0 0 9 9]", b""));
    assert_eq!(refused(&file), FileError::TooLarge("unpacked"));
    // A bomb in a bomb.
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&bomb).unwrap();
    let twice = encoder.finish().unwrap();
    let file = page_with(stream("/Filter [/FlateDecode /FlateDecode]", &twice), stream("/Subtype /Form", b""));
    assert_eq!(refused(&file), FileError::TooLarge("unpacked"));
    // An image is never unpacked; one that is also the text of a page would be.
    let file = page_with(stream("/Subtype /Image /Filter /FlateDecode", &bomb), stream("/Subtype /Form", b""));
    assert_eq!(refused(&file), FileError::Broken("an image that is none"));
}

#[test]
fn a_list_of_objects_that_unpacks_to_gigabytes_is_refused_before_it_is_opened() {
    let bomb = zeros(1 << 28);
    let list = stream("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", &bomb);
    let file =
        pdf(&[object("<< /Type /Catalog /Pages 2 0 R >>"), object("<< /Type /Pages /Count 0 /Kids [] >>"), list]);
    assert_eq!(refused(&file), FileError::TooLarge("unpacked"));
}

#[test]
fn nested_arrays_and_dictionaries_are_no_danger() {
    for (open, close) in [("[", "]"), ("<< /A ", " >>")] {
        let deep = format!("{}{}", open.repeat(2_000), close.repeat(2_000));
        let file = page_with(stream("", format!("{deep} TJ").as_bytes()), object(&deep));
        assert!(read(&file, &Limits::default()).is_err());
    }
}

#[test]
fn more_glyphs_than_the_limit_are_refused() {
    let limits = Limits { glyphs: 50, ..Limits::default() };
    for name in ["cmap_gbk-euc-h.pdf", "report.ofd"] {
        assert_eq!(read(&bytes(name), &limits), Err(FileError::TooLarge("glyphs")), "{name}");
    }
}

#[test]
fn a_file_cut_short_says_so() {
    let whole = bytes("report.ofd");
    assert_eq!(read(&whole[..whole.len() / 2], &Limits::default()), Err(FileError::Truncated));
    assert_eq!(read(b"%PDF-1.7\n1 0 obj\n<< /Type", &Limits::default()), Err(FileError::Truncated));
}

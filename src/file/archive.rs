//! Archives (ZIP, RAR, 7z): their files, unpacked within the limits; archives inside are opened too.

use std::borrow::Cow;
use std::cell::RefCell;
use std::io::{Cursor, Read, Write};
use std::rc::Rc;

use rars::{ArchiveReadOptions, ErrorKind, ExtractionDecision};

use super::package::{Package, member_name};
use super::{FileError, FileKind, Limits, Member};

/// Names of members that systems put into archives, and that nobody wrote.
const CLUTTER: [&str; 4] = ["__macosx/", ".ds_store", "thumbs.db", "desktop.ini"];

/// What is left of the limits over all archives that lie in one another.
struct Budget<'a> {
    limits: &'a Limits,
    members: usize,
    bytes: usize,
}

impl Budget<'_> {
    fn member(&mut self) -> Result<(), FileError> {
        self.members = self.members.checked_sub(1).ok_or(FileError::TooLarge("members"))?;
        Ok(())
    }

    fn bytes(&mut self, bytes: usize) -> Result<(), FileError> {
        self.bytes = self.bytes.checked_sub(bytes).ok_or(FileError::TooLarge("unpacked"))?;
        Ok(())
    }

    /// How many bytes may come out of an archive of this size.
    fn allowed(&self, packed: usize) -> usize {
        self.bytes.min(packed.saturating_mul(self.limits.ratio).max(Limits::RATIO_FROM))
    }
}

/// The files of an archive, those of archives inside it under the path of that archive.
pub(super) fn members(bytes: &[u8], limits: &Limits) -> Result<Vec<Member>, FileError> {
    let mut budget = Budget { limits, members: limits.members, bytes: limits.unpacked };
    let mut members = Vec::new();
    open(bytes, "", 0, &mut budget, &mut members)?;
    if members.is_empty() { Err(FileError::Empty) } else { Ok(members) }
}

fn open(
    bytes: &[u8],
    below: &str,
    depth: usize,
    budget: &mut Budget<'_>,
    members: &mut Vec<Member>,
) -> Result<(), FileError> {
    if depth >= budget.limits.depth {
        return Err(FileError::TooLarge("depth"));
    }
    let found = match FileKind::of(bytes) {
        Some(FileKind::Zip) => zip(bytes, budget)?,
        Some(FileKind::Rar) => rar(bytes, budget)?,
        Some(FileKind::SevenZip) => seven_zip(bytes, budget)?,
        _ => return Err(FileError::Unknown),
    };
    for Member { name, bytes } in found {
        let name = format!("{below}{name}");
        let lower = name.to_ascii_lowercase();
        if CLUTTER.iter().any(|clutter| lower.contains(clutter)) {
            continue;
        }
        match bytes {
            Ok(inner) if FileKind::of(&inner).is_some_and(FileKind::is_archive) => {
                match open(&inner, &format!("{name}/"), depth + 1, budget, members) {
                    // What is too much is too much for the whole archive; else the others can still be read.
                    Err(error @ FileError::TooLarge(_)) => return Err(error),
                    Err(error) => members.push(Member { name, bytes: Err(error) }),
                    Ok(()) => {}
                }
            }
            bytes => members.push(Member { name, bytes }),
        }
    }
    Ok(())
}

fn zip(bytes: &[u8], budget: &mut Budget<'_>) -> Result<Vec<Member>, FileError> {
    let mut package = Package::open(bytes, budget.limits)?;
    let names: Vec<String> = package.names().map(ToOwned::to_owned).collect();
    let mut members = Vec::new();
    for (n, name) in names.into_iter().enumerate().filter(|(_, name)| !name.ends_with('/')) {
        budget.member()?;
        let bytes = match package.member(n) {
            Err(error @ FileError::TooLarge(_)) => return Err(error),
            bytes => bytes,
        };
        budget.bytes(bytes.as_ref().map_or(0, Vec::len))?;
        members.push(Member { name, bytes });
    }
    Ok(members)
}

fn seven_zip(bytes: &[u8], budget: &mut Budget<'_>) -> Result<Vec<Member>, FileError> {
    let password = sevenz_rust2::Password::empty();
    let mut reader = sevenz_rust2::ArchiveReader::new_with_memory_limit(Cursor::new(bytes), password, 128 << 10)
        .map_err(|error| of_seven_zip(&error))?;
    reader.set_thread_count(1);
    let (mut members, mut failure) = (Vec::new(), None);
    let allowed = budget.allowed(bytes.len());
    let mut unpacked = 0_usize;
    let result = reader.for_each_entries(|entry, content| {
        if entry.is_directory() {
            return Ok(true);
        }
        let mut bytes = Vec::new();
        let read = content.take((allowed - unpacked) as u64 + 1).read_to_end(&mut bytes);
        unpacked += bytes.len();
        let outcome = match read {
            _ if unpacked > allowed => Err(FileError::TooLarge("unpacked")),
            Err(_) => Err(FileError::Broken("packed member")),
            Ok(_) => budget.member(),
        };
        if let Err(error) = outcome {
            failure = Some(error);
            return Ok(false);
        }
        members.push(Member { name: entry.name().replace('\\', "/"), bytes: Ok(bytes) });
        Ok(true)
    });
    match (failure, result) {
        (Some(error), _) => Err(error),
        (None, Err(error)) => Err(of_seven_zip(&error)),
        (None, Ok(())) => budget.bytes(unpacked).map(|()| members),
    }
}

fn of_seven_zip(error: &sevenz_rust2::Error) -> FileError {
    use sevenz_rust2::Error;
    match error {
        Error::PasswordRequired | Error::MaybeBadPassword(_) => FileError::Encrypted,
        Error::MaxMemLimited { .. } => FileError::TooLarge("unpacked"),
        Error::UnsupportedCompressionMethod(method) if method.contains("AES") => FileError::Encrypted,
        Error::UnsupportedCompressionMethod(_) => FileError::Unsupported("this way of packing"),
        _ => FileError::Truncated,
    }
}

/// A member that is being unpacked.
#[derive(Clone, Default)]
struct Sink(Rc<RefCell<Vec<u8>>>);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn rar(bytes: &[u8], budget: &mut Budget<'_>) -> Result<Vec<Member>, FileError> {
    let allowed = budget.allowed(bytes.len()) as u64;
    let options = ArchiveReadOptions::new()
        .with_max_header_count(budget.limits.members as u64)
        .with_max_header_bytes(16 << 20)
        .with_max_total_output_bytes(allowed)
        .with_max_member_output_bytes(allowed)
        .with_rar50_dictionary_size_limit(128 << 20)
        .with_max_reader_workspace_bytes(256 << 20);
    let archive = rars::ArchiveReader::read_with_options(bytes, options).map_err(|error| of_rar(&error))?;
    let mut sinks: Vec<(String, Sink)> = Vec::new();
    let result = archive.extract_with_control(options, |member| {
        if member.meta.is_directory || member.meta.is_redirection {
            return Ok(ExtractionDecision::Skip);
        }
        let name = member.decoded_name(None).map_or_else(|_| member.meta.name.clone(), Cow::into_owned);
        let sink = Sink::default();
        sinks.push((member_name(&name), sink.clone()));
        Ok(ExtractionDecision::Extract(Box::new(sink)))
    });
    result.map_err(|error| of_rar(&error))?;
    let mut members = Vec::new();
    for (name, sink) in sinks {
        budget.member()?;
        let bytes = sink.0.take();
        budget.bytes(bytes.len())?;
        members.push(Member { name, bytes: Ok(bytes) });
    }
    Ok(members)
}

fn of_rar(error: &rars::Error) -> FileError {
    match error.kind() {
        ErrorKind::PasswordRequired | ErrorKind::BadPassword => FileError::Encrypted,
        ErrorKind::ResourceLimit => FileError::TooLarge("unpacked"),
        // Encryption is a part of the library that is not built in.
        ErrorKind::UnsupportedFeature if format!("{error:?}").contains("encrypt") => FileError::Encrypted,
        ErrorKind::UnsupportedFormat | ErrorKind::UnsupportedFeature => FileError::Unsupported("this way of packing"),
        _ => FileError::Truncated,
    }
}

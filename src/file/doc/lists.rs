//! Lists ([MS-DOC] 2.9.131, 2.9.148, 2.9.150): levels, and the uses that paragraphs name.

use super::super::list::{Format, Instance, LEVELS, Level, Lists, Suffix};
use super::bytes::{u8_at, u16_at, u32_at};
use super::fib::{Part, Streams};

/// Entries of a table of lists, at most.
const MOST: usize = 4096;

/// Reads the lists; uses are numbered from 1.
pub(super) fn read(streams: &Streams) -> Lists {
    let mut lists = Lists::default();
    let (table, mut levels) = streams.part_and_behind(Part::Lists);
    let count = usize::from(u16_at(table, 0).unwrap_or(0)).min(MOST);
    for n in 0..count {
        let at = 2 + n * 28;
        let (Some(id), Some(flags)) = (u32_at(table, at), u8_at(table, at + 26)) else { break };
        let own = if flags & 1 == 0 { LEVELS } else { 1 };
        let mut read = Vec::with_capacity(own);
        for _ in 0..own {
            let Some((level, size)) = level(levels) else { break };
            read.push(level);
            levels = levels.get(size..).unwrap_or_default();
        }
        lists.families.insert(id, read);
    }
    uses(streams.part(Part::ListUses), &mut lists);
    lists
}

fn uses(table: &[u8], lists: &mut Lists) {
    let count = u32_at(table, 0).and_then(|count| usize::try_from(count).ok()).unwrap_or(0).min(MOST);
    let mut at = 4 + count * 16;
    for n in 0..count {
        let (Some(family), Some(changes)) = (u32_at(table, 4 + n * 16), u8_at(table, 4 + n * 16 + 12)) else { break };
        let mut instance = Instance { family, ..Instance::default() };
        // Four bytes that say nothing, then the changes of levels.
        at += 4;
        for _ in 0..changes {
            let (Some(start), Some(flags)) = (u32_at(table, at), u32_at(table, at + 4)) else { break };
            at += 8;
            let place = usize::try_from(flags & 0x0f).unwrap_or(0);
            if flags & 0x10 != 0 {
                instance.starts.insert(place, start);
            }
            if flags & 0x20 != 0 {
                let Some((level, size)) = level(table.get(at..).unwrap_or_default()) else { break };
                at += size;
                instance.starts.entry(place).or_insert(level.start);
                instance.levels.insert(place, level);
            }
        }
        let number = u32::try_from(n + 1).unwrap_or(u32::MAX);
        lists.instances.insert(number, instance);
    }
}

/// A level and how many bytes it takes.
fn level(bytes: &[u8]) -> Option<(Level, usize)> {
    let (start, format, flags) = (u32_at(bytes, 0)?, u8_at(bytes, 4)?, u8_at(bytes, 5)?);
    let (runs, paragraphs) = (usize::from(u8_at(bytes, 24)?), usize::from(u8_at(bytes, 25)?));
    let restart = usize::from(u8_at(bytes, 26)?);
    let at = 28 + runs + paragraphs;
    let length = usize::from(u16_at(bytes, at)?);
    let units = bytes.get(at + 2..at + 2 + length * 2)?.chunks_exact(2);
    let mut text = String::new();
    for c in char::decode_utf16(units.map(|pair| u16::from_le_bytes([pair[0], pair[1]]))).flatten() {
        match u32::from(c) {
            // The number of a level.
            n @ 0..=8 => text.extend(['%', char::from_digit(n + 1, 10).unwrap_or('1')]),
            _ => text.push(c),
        }
    }
    let level = Level {
        start,
        format: Format::coded(format),
        text,
        suffix: match u8_at(bytes, 15)? {
            1 => Suffix::Space,
            2 => Suffix::Nothing,
            _ => Suffix::Tab,
        },
        legal: flags & 0x04 != 0,
        restart: (flags & 0x08 != 0).then_some(restart),
    };
    Some((level, at + 2 + length * 2))
}

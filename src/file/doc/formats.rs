//! Formats of paragraphs and runs by the place of a character in the file: pages of 512 bytes ([MS-DOC] 2.9.33, 2.9.175).

use super::bytes::{place_at, u8_at, u16_at};
use super::fib::{Part, Streams};

const PAGE: usize = 512;

/// A stretch of the file, and where its properties are in the main stream.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    from: u32,
    to: u32,
    at: usize,
    size: usize,
}

/// Formats in the order of the file.
#[derive(Debug, Default)]
pub(super) struct Formats {
    stretches: Vec<Stretch>,
}

impl Formats {
    /// Formats of runs: lists of modifiers.
    pub(super) fn runs(streams: &Streams) -> Self {
        Self::read(streams, Part::RunFormats, 1, |page, offset| {
            let at = usize::from(offset) * 2;
            Some((at + 1, usize::from(u8_at(page, at)?)))
        })
    }

    /// Formats of paragraphs: two bytes of style, then a list of modifiers.
    pub(super) fn paragraphs(streams: &Streams) -> Self {
        Self::read(streams, Part::ParagraphFormats, 13, |page, offset| {
            let at = usize::from(offset) * 2;
            match usize::from(u8_at(page, at)?) {
                0 => Some((at + 2, usize::from(u8_at(page, at + 1)?) * 2)),
                words => Some((at + 1, words * 2 - 1)),
            }
        })
    }

    fn read(
        streams: &Streams,
        part: Part,
        entry: usize,
        properties: impl Fn(&[u8], u8) -> Option<(usize, usize)>,
    ) -> Self {
        let table = streams.part(part);
        // Behind n + 1 places stand n numbers of pages.
        let count = table.len().saturating_sub(4) / 8;
        let mut stretches = Vec::new();
        for n in 0..count {
            let Some(number) = place_at(table, (count + 1 + n) * 4) else { break };
            let start = (number & 0x003f_ffff) * PAGE;
            let Some(page) = streams.main.get(start..start + PAGE) else { continue };
            let runs = usize::from(u8_at(page, PAGE - 1).unwrap_or(0));
            for run in 0..runs {
                let bounds = (place_at(page, run * 4), place_at(page, run * 4 + 4));
                let (Some(from), Some(to)) = bounds else { break };
                let offset = u8_at(page, (runs + 1) * 4 + run * entry).unwrap_or(0);
                let found = if offset == 0 { None } else { properties(page, offset) };
                let (at, size) = found.filter(|(at, size)| at + size <= PAGE).unwrap_or((0, 0));
                let bound = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
                stretches.push(Stretch { from: bound(from), to: bound(to), at: start + at, size });
            }
        }
        stretches.sort_by_key(|stretch| stretch.from);
        Self { stretches }
    }

    /// The number of the stretch that holds a place, and its properties.
    pub(super) fn at<'s>(&self, streams: &'s Streams, place: u32) -> Option<(usize, &'s [u8])> {
        let n = self.stretches.partition_point(|stretch| stretch.from <= place).checked_sub(1)?;
        let stretch = self.stretches.get(n).filter(|stretch| place < stretch.to)?;
        Some((n, streams.main.get(stretch.at..stretch.at + stretch.size).unwrap_or_default()))
    }
}

/// The style and the modifiers of a paragraph; large ones stand in the data stream.
pub(super) fn paragraph<'s>(streams: &'s Streams, properties: &'s [u8]) -> (usize, Vec<&'s [u8]>) {
    let style = usize::from(u16_at(properties, 0).unwrap_or(0));
    let own = properties.get(2..).unwrap_or_default();
    let mut lists = vec![own];
    for (code, operand) in super::sprm::modifiers(own) {
        if super::sprm::ELSEWHERE.contains(&code) {
            let list = place_at(operand, 0).and_then(|at| {
                let size = usize::from(u16_at(&streams.data, at)?);
                streams.data.get(at + 2..at + 2 + size)
            });
            lists.extend(list);
        }
    }
    (style, lists)
}

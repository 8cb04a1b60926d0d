//! Gzip members (RFC 1952), one compressor for all of them.

use flate2::{Compress, Compression, Crc, FlushCompress, Status};

/// Fast, and Chinese markup still shrinks to a quarter; level 6 takes three times as long for a fifth less.
const LEVEL: u32 = 1;

/// Magic number, deflate, no flags, no time, no hint, unknown system: the same bytes on every machine.
const HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

/// Makes gzip members. To allocate and clear its tables anew takes half as long as to compress a page, so it is kept.
#[derive(Debug)]
pub(super) struct Gzip {
    deflate: Compress,
}

impl Gzip {
    pub(super) fn new() -> Self {
        Self { deflate: Compress::new(Compression::new(LEVEL), false) }
    }

    /// The parts, one behind the other, as one gzip member.
    pub(super) fn member(&mut self, parts: &[&[u8]]) -> Vec<u8> {
        let length: usize = parts.iter().map(|part| part.len()).sum();
        let mut member = Vec::with_capacity(HEAD.len() + 256 + length / 3);
        member.extend_from_slice(&HEAD);
        let mut crc = Crc::new();
        self.deflate.reset();
        for part in parts {
            crc.update(part);
            self.deflate(part, &mut member, FlushCompress::None);
        }
        self.deflate(&[], &mut member, FlushCompress::Finish);
        member.extend_from_slice(&crc.sum().to_le_bytes());
        member.extend_from_slice(&crc.amount().to_le_bytes());
        member
    }

    fn deflate(&mut self, mut input: &[u8], output: &mut Vec<u8>, flush: FlushCompress) {
        loop {
            if output.capacity() - output.len() < 1024 {
                output.reserve(8 << 10);
            }
            let before = self.deflate.total_in();
            let status = self.deflate.compress_vec(input, output, flush);
            let status = status.expect("the compressor was reset and is given space");
            let taken = usize::try_from(self.deflate.total_in() - before).expect("no more than the input");
            input = &input[taken..];
            let done = match flush {
                FlushCompress::Finish => status == Status::StreamEnd,
                _ => input.is_empty(),
            };
            if done {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn one_compressor_makes_members_that_others_read() {
        let mut gzip = Gzip::new();
        let noise: Vec<u8> = (0..100_000u32).map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[1]).collect();
        for parts in [vec![], vec![&b""[..]], vec![&b"one"[..], b" ", b"two"], vec![&noise[..]], vec![&noise, &noise]] {
            let mut read = Vec::new();
            flate2::bufread::GzDecoder::new(&gzip.member(&parts)[..]).read_to_end(&mut read).unwrap();
            assert_eq!(read, parts.concat());
        }
    }
}

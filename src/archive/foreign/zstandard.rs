//! One Zstandard frame (RFC 8878) as a reader, with the dictionary of its file and with its checksum checked.

use std::io::{self, Read};

use ruzstd::decoding::{BlockDecodingStrategy, Dictionary, FrameDecoder};

/// So many bytes are unpacked at once.
const CHUNK: usize = 64 << 10;

/// A frame that is being unpacked.
pub(super) struct Zstandard<R> {
    source: R,
    decoder: FrameDecoder,
    is_begun: bool,
}

impl<R: Read> Zstandard<R> {
    /// Unpacks the frame that begins here; an empty dictionary is none.
    pub(super) fn new(source: R, dictionary: &[u8]) -> io::Result<Self> {
        let mut decoder = FrameDecoder::new();
        if !dictionary.is_empty() {
            let dictionary = Dictionary::decode_dict(dictionary).map_err(io::Error::other)?;
            decoder.add_dict(dictionary).map_err(io::Error::other)?;
        }
        Ok(Self { source, decoder, is_begun: false })
    }

    pub(super) fn into_inner(self) -> R {
        self.source
    }
}

impl<R: Read> Read for Zstandard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if !self.is_begun {
            self.is_begun = true;
            self.decoder.init(&mut self.source).map_err(io::Error::other)?;
        }
        while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
            let some = BlockDecodingStrategy::UptoBytes(CHUNK);
            self.decoder.decode_blocks(&mut self.source, some).map_err(io::Error::other)?;
        }
        let n = self.decoder.read(buffer)?;
        let said = self.decoder.get_checksum_from_data();
        if n == 0 && said.is_some() && said != self.decoder.get_calculated_checksum() {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "the checksum of a Zstandard frame is wrong"));
        }
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::*;

    #[test]
    fn a_frame_is_read_to_its_end_and_not_beyond() {
        let text = "云溪县法治政府建设工作报告".repeat(9000);
        let mut two = compress_to_vec(text.as_bytes(), CompressionLevel::Fastest);
        let one = two.len();
        two.extend_from_slice(b"what follows");
        let mut frame = Zstandard::new(&two[..], &[]).unwrap();
        let mut read = String::new();
        frame.read_to_string(&mut read).unwrap();
        assert_eq!(read, text);
        assert_eq!(frame.into_inner(), b"what follows");
        for end in [1, 5, one / 2, one - 1] {
            let cut = two.get(..end).unwrap();
            assert!(Zstandard::new(cut, &[]).unwrap().read_to_end(&mut Vec::new()).is_err(), "cut at {end}");
        }
    }
}

//! Damaged files: cut short, with changed bytes, with blocks in the wrong place.

use std::fs;

use gongwen::file::{FileText, Limits, read};

use super::fixtures;

/// Mutations of each file; a run of ten thousand found nothing that these kinds do not show.
const EACH: u64 = 24;

/// Numbers that are the same in every run (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most.max(1) as u64).unwrap()
    }
}

fn mutated(bytes: &[u8], seed: u64) -> Vec<u8> {
    let mut numbers = Numbers(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0xD1B5_4A32_D192_ED03);
    let mut bytes = bytes.to_vec();
    let length = bytes.len();
    let changes = match seed % 4 {
        0 => {
            bytes.truncate(numbers.below(length));
            return bytes;
        }
        1 => 1 + numbers.below(8),
        2 => 1 + numbers.below(200),
        _ => {
            let (from, to, count) = (numbers.below(length), numbers.below(length), 1 + numbers.below(400));
            for n in 0..count.min(length - from).min(length - to) {
                bytes[to + n] = bytes[from + n];
            }
            return bytes;
        }
    };
    for _ in 0..changes {
        let at = numbers.below(length);
        bytes[at] = u8::try_from(numbers.below(256)).unwrap();
    }
    bytes
}

#[test]
fn a_damaged_file_is_read_or_refused_and_the_same_every_time() {
    for path in fixtures() {
        let sound = fs::read(&path).unwrap();
        for seed in 0..EACH {
            let bytes = mutated(&sound, seed);
            let result = read(&bytes, &Limits::default());
            if let Ok(FileText { blocks, .. }) = &result {
                assert!(blocks.iter().all(|block| !block.text.is_empty()), "{} {seed}", path.display());
            }
            if seed < 4 {
                assert_eq!(result, read(&bytes, &Limits::default()), "{} {seed}", path.display());
            }
        }
    }
}

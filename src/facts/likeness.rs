//! Texts that are nearly the same: a 64-bit signature finds the candidates, and comparing the texts decides.

use std::cell::OnceCell;

use crate::text::{fold_char, is_blank};

/// Characters of a shingle.
const SHINGLE: usize = 4;
/// Shorter texts are alike too often to say anything: a notice of one line.
const SHORTEST: usize = 200;
/// Signatures of texts that are nearly the same differ in at most so many bits: measured on texts with a head or a foot of
/// 5 % added.
const BITS: u32 = 7;
/// Of the shingles, and of the numbers, of both texts together this share is common, in percent.
const COMMON: usize = 90;

/// A 64-bit signature of a text (`SimHash` over its distinct shingles) and how much there is of it: like texts have like
/// signatures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Signature {
    bits: u64,
    shingles: usize,
    numbers: Buckets,
}

/// How many numbers of a text fall into each of some buckets: like forms that are filled in otherwise differ in them.
type Buckets = [u8; 128];

impl Signature {
    /// The signature of a text; `None` if it is too short to tell.
    pub fn of(text: &str) -> Option<Self> {
        let letters = letters(text);
        if letters.len() < SHORTEST {
            return None;
        }
        let shingles = distinct(&letters);
        let ones = ones(&shingles);
        let is_half = |count: usize| count * 2 > shingles.len();
        let bits = (0..64).fold(0, |all, bit| all | u64::from(is_half(ones[bit])) << bit);
        Some(Self { bits, shingles: shingles.len(), numbers: buckets(&numbers(&letters)) })
    }

    fn is_near(self, other: Self) -> bool {
        // No more can be common than the smaller one has, nor less be in both together than in the larger one.
        let (smaller, larger) = (self.shingles.min(other.shingles), self.shingles.max(other.shingles));
        are_near(self.bits, other.bits)
            && is_most(smaller, larger)
            && may_have_like_numbers(&self.numbers, &other.numbers)
    }

    fn part(self, n: usize) -> u16 {
        (self.bits >> (16 * n) & 0xFFFF) as u16
    }
}

/// What two texts are compared by: their numbers and shingles.
#[derive(Debug)]
pub struct Content {
    letters: Vec<char>,
    /// Hashes, sorted.
    numbers: Vec<u64>,
    /// Forms with other figures are many, so most texts are told apart before these are asked for.
    shingles: OnceCell<Vec<u64>>,
}

impl Content {
    /// What a text is compared by.
    pub fn of(text: &str) -> Self {
        let letters = letters(text);
        Self { numbers: numbers(&letters), letters, shingles: OnceCell::new() }
    }

    /// Whether two texts are nearly the same, also in their numbers: two forms with other figures are two documents.
    pub fn is_like(&self, other: &Self) -> bool {
        is_mostly_common(&self.numbers, &other.numbers) && is_mostly_common(self.shingles(), other.shingles())
    }

    fn shingles(&self) -> &[u64] {
        self.shingles.get_or_init(|| shingles(&self.letters))
    }
}

/// Whether nearly all of two sorted lists is in both.
fn is_mostly_common(one: &[u64], other: &[u64]) -> bool {
    let (mut i, mut j, mut common) = (0, 0, 0);
    while let (Some(a), Some(b)) = (one.get(i), other.get(j)) {
        common += usize::from(a == b);
        (i, j) = (i + usize::from(a <= b), j + usize::from(b <= a));
    }
    is_most(common, one.len() + other.len() - common)
}

/// Equal numbers fall into one bucket, so no more are common than both have in it. A full bucket does not tell how many.
fn may_have_like_numbers(one: &Buckets, other: &Buckets) -> bool {
    let pairs = one.iter().zip(other).map(|(one, other)| (usize::from(*one), usize::from(*other)));
    let (common, all) = pairs.fold((0, 0), |(common, all), (m, n)| (common + m.min(n), all + m.max(n)));
    is_most(common, all) || one.iter().chain(other).any(|count| *count == u8::MAX)
}

fn buckets(numbers: &[u64]) -> Buckets {
    let mut buckets = [0u8; 128];
    for number in numbers {
        let bucket = &mut buckets[(number >> 57) as usize];
        *bucket = bucket.saturating_add(1);
    }
    buckets
}

/// Hashes of the numbers of a text, sorted.
fn numbers(letters: &[char]) -> Vec<u64> {
    let runs = letters.split(|c| !c.is_ascii_digit()).filter(|run| !run.is_empty());
    let mut numbers: Vec<u64> = runs.map(hash).collect();
    numbers.sort_unstable();
    numbers
}

fn is_most(common: usize, all: usize) -> bool {
    common * 100 >= all * COMMON
}

/// The characters of a text without blanks, folded.
fn letters(text: &str) -> Vec<char> {
    text.chars().map(fold_char).filter(|&c| !is_blank(c) && c != '\n' && c != '\t').collect()
}

/// How many of some hashes have each bit.
///
/// A word holds eight counters of eight bits, so eight additions count all 64; before one runs over, all are emptied.
fn ones(hashes: &[u64]) -> [usize; 64] {
    const LOWEST: u64 = 0x0101_0101_0101_0101;
    let mut ones = [0; 64];
    for block in hashes.chunks(usize::from(u8::MAX)) {
        let mut words = [0; 8];
        for hash in block {
            for (bit, word) in words.iter_mut().enumerate() {
                *word += hash >> bit & LOWEST;
            }
        }
        for (bit, word) in words.into_iter().enumerate() {
            for (byte, count) in word.to_le_bytes().into_iter().enumerate() {
                ones[8 * byte + bit] += usize::from(count);
            }
        }
    }
    ones
}

/// Hashes of the distinct shingles, sorted.
fn shingles(letters: &[char]) -> Vec<u64> {
    let mut hashes = distinct(letters);
    hashes.sort_unstable();
    hashes
}

/// Hashes of the distinct shingles. A table finds them with less work than sorting.
fn distinct(letters: &[char]) -> Vec<u64> {
    let shingles = letters.windows(SHINGLE);
    let places = (2 * shingles.len()).next_power_of_two();
    // A free place holds 0, which stands for no shingle.
    let mut table = vec![0u64; places];
    let mut found = Vec::with_capacity(shingles.len());
    for hash in shingles.map(hash).map(|hash| hash.max(1)) {
        let low = usize::try_from(hash & u64::from(u32::MAX)).unwrap_or_default();
        let mut at = low & (places - 1);
        while table[at] != 0 && table[at] != hash {
            at = (at + 1) & (places - 1);
        }
        if table[at] == 0 {
            table[at] = hash;
            found.push(hash);
        }
    }
    found
}

/// FNV-1a, stirred, since its high bits are lazy.
fn hash(letters: &[char]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    for c in letters {
        hash = (hash ^ u64::from(u32::from(*c))).wrapping_mul(0x0100_0000_01b3);
    }
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^ hash >> 33
}

/// Signatures by their parts, so that near ones are found without looking at all.
#[derive(Debug)]
pub struct Signatures {
    all: Vec<Signature>,
    /// For each of the four parts and each of its values, the bits of the signatures that have it, and their places.
    by_part: Vec<Vec<(u64, usize)>>,
}

impl Default for Signatures {
    fn default() -> Self {
        Self { all: Vec::new(), by_part: vec![Vec::new(); 4 << 16] }
    }
}

impl Signatures {
    /// Adds one; its place is the number of those before it.
    pub fn add(&mut self, signature: Signature) {
        let place = self.all.len();
        self.all.push(signature);
        for n in 0..4 {
            self.by_part[n << 16 | usize::from(signature.part(n))].push((signature.bits, place));
        }
    }

    /// The places, from one on, of those that are near, in the order in which they were added.
    ///
    /// Of four parts of two near signatures one differs in at most one bit.
    pub fn near(&self, signature: Signature, from: usize) -> Vec<usize> {
        let mut found = Vec::new();
        for n in 0..4 {
            let part = signature.part(n);
            for part in std::iter::once(part).chain((0..16).map(|bit| part ^ 1 << bit)) {
                let places = &self.by_part[n << 16 | usize::from(part)];
                let later = &places[places.partition_point(|(_, place)| *place < from)..];
                // The bits stand here, too: to look for them among all would cost more than to compare them.
                let near = later.iter().filter(|(bits, _)| are_near(*bits, signature.bits));
                found.extend(near.map(|(_, place)| *place).filter(|place| self.all[*place].is_near(signature)));
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn are_near(one: u64, other: u64) -> bool {
    (one ^ other).count_ones() <= BITS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_like(one: &str, other: &str) -> bool {
        Content::of(one).is_like(&Content::of(other))
    }

    fn report(town: &str, cases: usize) -> String {
        let mut random = 3u64;
        let mut letter = || {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            char::from_u32(0x4e00 + u32::try_from(random >> 33).unwrap() % 800).unwrap()
        };
        let parts = (1..40).map(|n| format!("{n}.{town}{}。\n", (0..45).map(|_| letter()).collect::<String>()));
        parts.collect::<String>() + &format!("全年办理案件{cases}件。")
    }

    #[test]
    fn a_reprint_with_another_head_and_foot_is_alike() {
        let text = report("青石镇", 12);
        let reprint =
            format!("云溪县人民政府门户网站转发\n{text}\n来源：青石镇人民政府办公室，责任编辑：李明，审核：王强");
        let (one, other) = (Signature::of(&text).unwrap(), Signature::of(&reprint).unwrap());
        assert!(one.is_near(other) && is_like(&text, &reprint));
        let mut signatures = Signatures::default();
        signatures.add(Signature::of(&"别的文件内容与此完全不同，".repeat(30)).unwrap());
        signatures.add(one);
        assert_eq!(signatures.near(other, 0), [1]);
        assert_eq!(signatures.near(other, 1), [1]);
        assert!(signatures.near(other, 2).is_empty());
    }

    #[test]
    fn one_form_with_other_numbers_or_another_body_is_not() {
        let form = |values: usize| (0..60).map(|n| format!("第{n}行办理数量{}件\n", n * values)).collect::<String>();
        assert!(!is_like(&form(3), &form(5)));
        assert!(is_like(&form(3), &form(3)));
        assert!(!is_like(&report("青石镇", 12), &"群众满意度持续提升。".repeat(100)));
    }

    /// What is passed over unread would not have been alike.
    #[test]
    fn numbers_in_buckets_pass_over_no_text_with_like_numbers() {
        let mut random = 9u64;
        let mut next = |below: u64| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (random >> 33) % below
        };
        let (mut like, mut passed_over) = (0, 0);
        for n in 0..400 {
            let one: Vec<u64> = (0..=next(60)).map(|_| next(500)).collect();
            let other: Vec<u64> = one.iter().map(|number| if next(400) < n { next(500) } else { *number }).collect();
            let [one, other] = [one, other].map(|values| {
                numbers(&letters(&values.iter().map(|value| format!("办理{value}件")).collect::<String>()))
            });
            let is_like = is_mostly_common(&one, &other);
            let may_be = may_have_like_numbers(&buckets(&one), &buckets(&other));
            assert!(may_be || !is_like);
            like += usize::from(is_like);
            passed_over += usize::from(!may_be);
        }
        assert!(like > 20 && passed_over > 200, "{like} are alike, {passed_over} are passed over");
    }

    #[test]
    fn bits_are_counted_past_the_end_of_a_byte() {
        for n in [0, 1, 254, 255, 256, 1000] {
            let hashes: Vec<u64> = (0..n).map(|n: u64| n.wrapping_mul(0x9e37_79b9_7f4a_7c15)).collect();
            let counted: Vec<usize> =
                (0..64).map(|bit| hashes.iter().filter(|hash| **hash >> bit & 1 == 1).count()).collect();
            assert_eq!(ones(&hashes)[..], counted);
        }
    }

    #[test]
    fn short_texts_have_no_signature() {
        assert_eq!(Signature::of("特此公告。"), None);
        assert_eq!(Signature::of(&"　 \n".repeat(500)), None);
    }

    #[test]
    fn near_signatures_are_found_whatever_bits_differ() {
        let mut random = 5u64;
        let mut next = || {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            random
        };
        for _ in 0..500 {
            let of = |bits| Signature { bits, shingles: 200, numbers: [0; 128] };
            let signature = of(next() ^ next() >> 32);
            let mut signatures = Signatures::default();
            signatures.add(signature);
            let bits = (0..BITS).fold(0u64, |bits, _| bits | 1 << (next() >> 58));
            assert_eq!(signatures.near(of(signature.bits ^ bits), 0), [0]);
        }
    }
}

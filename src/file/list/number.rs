//! How Word writes the number of a list item: every format of ECMA-376 part 1, 17.18.59 that counts in East Asia or in Latin.
//!
//! Where the standard is silent or contradicts its own examples, what Word draws counts: 一百〇一 in one system, 一○一 in
//! another, plain figures past the end of a set (11 after 癸, 21 after ⑳).

use Format::{
    Aiueo, AiueoFull, Bullet, Chicago, Chinese, ChineseLegal, ChineseThousand, Chosung, Circle, CircleChinese, Dash,
    Decimal, Digits, EnclosedParen, EnclosedStop, FullWidth, Ganada, Hex, IdeographCircle, IdeographDigital, Iroha,
    IrohaFull, Japanese, JapaneseLegal, Korean, KoreanDigital, KoreanDigital2, KoreanLegal, LegalTraditional,
    LowerLetter, LowerRoman, None as NoNumber, Ordinal, RussianLower, RussianUpper, Stems, StemsBranches, Taiwanese,
    TaiwaneseThousand, UpperLetter, UpperRoman, Zero, Zodiac,
};

use super::counting::{
    JAPANESE, JAPANESE_LEGAL, KOREAN, LEGAL, LEGAL_TRADITIONAL, SIMPLIFIED, TRADITIONAL, counted, figures, korean, nth,
    roman, tens,
};

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::file) enum Format {
    /// 1, 2, 3; also what formats that are not written here fall back to.
    Decimal,
    /// I, II.
    UpperRoman,
    /// i, ii.
    LowerRoman,
    /// A … Z, AA, BB.
    UpperLetter,
    /// a … z, aa, bb.
    LowerLetter,
    /// 1st.
    Ordinal,
    /// 1F.
    Hex,
    /// * † ‡ § ** ††.
    Chicago,
    /// 一〇: figure by figure.
    IdeographDigital,
    /// 十, 百一.
    Japanese,
    /// 壱, 弐, 参.
    JapaneseLegal,
    /// 一〇, the figures of 17.18.59 `japaneseDigitalTenThousand`.
    Digits,
    /// ｱ ｲ ｳ.
    Aiueo,
    /// ア イ ウ.
    AiueoFull,
    /// ｲ ﾛ ﾊ.
    Iroha,
    /// イ ロ ハ.
    IrohaFull,
    /// １, ２.
    FullWidth,
    /// 01, 02.
    Zero,
    /// The text of the level, without a number.
    Bullet,
    /// No number.
    None,
    /// 가, 나, 다.
    Ganada,
    /// ㄱ, ㄴ, ㄷ.
    Chosung,
    /// ① … ⑳.
    Circle,
    /// ① … ⑩.
    CircleChinese,
    /// ⒈ … ⒛.
    EnclosedStop,
    /// ⑴ … ⒇.
    EnclosedParen,
    /// ㊀ … ㊉.
    IdeographCircle,
    /// 甲, 乙, 丙.
    Stems,
    /// 子, 丑, 寅.
    Zodiac,
    /// 甲子, 乙丑.
    StemsBranches,
    /// 十, 一○一.
    Taiwanese,
    /// 一百零一.
    TaiwaneseThousand,
    /// 壹佰零壹 in traditional characters.
    LegalTraditional,
    /// 十, 一○一.
    Chinese,
    /// 一百〇一.
    ChineseThousand,
    /// 壹佰零壹.
    ChineseLegal,
    /// 일이, figure by figure.
    KoreanDigital,
    /// 一零, figure by figure.
    KoreanDigital2,
    /// 백일.
    Korean,
    /// 하나, 둘.
    KoreanLegal,
    /// а, б, в.
    RussianLower,
    /// А, Б, В.
    RussianUpper,
    /// - 1 -.
    Dash,
}

/// Names of 17.18.59 by the codes of the binary format ([MS-OSHARED] 2.2.1.3), which are its places here.
const NAMES: [(&str, Format); 61] = [
    ("decimal", Decimal),
    ("upperRoman", UpperRoman),
    ("lowerRoman", LowerRoman),
    ("upperLetter", UpperLetter),
    ("lowerLetter", LowerLetter),
    ("ordinal", Ordinal),
    ("cardinalText", Decimal),
    ("ordinalText", Decimal),
    ("hex", Hex),
    ("chicago", Chicago),
    ("ideographDigital", IdeographDigital),
    ("japaneseCounting", Japanese),
    ("aiueo", Aiueo),
    ("iroha", Iroha),
    ("decimalFullWidth", FullWidth),
    ("decimalHalfWidth", Decimal),
    ("japaneseLegal", JapaneseLegal),
    ("japaneseDigitalTenThousand", Digits),
    ("decimalEnclosedCircle", Circle),
    ("decimalFullWidth2", FullWidth),
    ("aiueoFullWidth", AiueoFull),
    ("irohaFullWidth", IrohaFull),
    ("decimalZero", Zero),
    ("bullet", Bullet),
    ("ganada", Ganada),
    ("chosung", Chosung),
    ("decimalEnclosedFullstop", EnclosedStop),
    ("decimalEnclosedParen", EnclosedParen),
    ("decimalEnclosedCircleChinese", CircleChinese),
    ("ideographEnclosedCircle", IdeographCircle),
    ("ideographTraditional", Stems),
    ("ideographZodiac", Zodiac),
    ("ideographZodiacTraditional", StemsBranches),
    ("taiwaneseCounting", Taiwanese),
    ("ideographLegalTraditional", LegalTraditional),
    ("taiwaneseCountingThousand", TaiwaneseThousand),
    ("taiwaneseDigital", Taiwanese),
    ("chineseCounting", Chinese),
    ("chineseLegalSimplified", ChineseLegal),
    ("chineseCountingThousand", ChineseThousand),
    // The binary format alone has this one.
    ("chineseDigital", IdeographDigital),
    ("koreanDigital", KoreanDigital),
    ("koreanCounting", Korean),
    ("koreanLegal", KoreanLegal),
    ("koreanDigital2", KoreanDigital2),
    ("hebrew1", Decimal),
    ("arabicAlpha", Decimal),
    ("arabicAbjad", Decimal),
    ("hebrew2", Decimal),
    ("hindiVowels", Decimal),
    ("hindiConsonants", Decimal),
    ("hindiNumbers", Decimal),
    ("hindiCounting", Decimal),
    ("thaiLetters", Decimal),
    ("thaiNumbers", Decimal),
    ("thaiCounting", Decimal),
    ("vietnameseCounting", Decimal),
    ("numberInDash", Dash),
    ("russianLower", RussianLower),
    ("russianUpper", RussianUpper),
    ("none", NoNumber),
];

const AIUEO: &str = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン";
const AIUEO_HALF: &str = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ";
const IROHA: &str = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン";
const IROHA_HALF: &str = "ｲﾛﾊﾆﾎﾍﾄﾁﾘﾇﾙｦﾜｶﾖﾀﾚｿﾂﾈﾅﾗﾑｳヰﾉｵｸﾔﾏｹﾌｺｴﾃｱｻｷﾕﾒﾐｼヱﾋﾓｾｽﾝ";
const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";
impl Format {
    /// The format of a name of 17.18.59; one that is not known counts in figures.
    pub(in crate::file) fn named(name: &str) -> Self {
        NAMES.iter().find(|(known, _)| *known == name).map_or(Decimal, |(_, format)| *format)
    }

    /// The format of a code of the binary format.
    pub(in crate::file) fn coded(code: u8) -> Self {
        let russian = [RussianLower, RussianUpper];
        match code {
            0xff => NoNumber,
            0x3a | 0x3b => russian.get(usize::from(code - 0x3a)).copied().unwrap_or(Decimal),
            _ => NAMES.get(usize::from(code)).filter(|_| code < 60).map_or(Decimal, |(_, format)| *format),
        }
    }

    /// Whether there is a number at all.
    pub(in crate::file) fn counts(self) -> bool {
        !matches!(self, Bullet | NoNumber)
    }

    /// The number as it is drawn.
    pub(in crate::file) fn write(self, n: u32) -> String {
        let written = match self {
            Bullet | NoNumber => Some(String::new()),
            Decimal => None,
            UpperRoman => roman(n),
            LowerRoman => roman(n).map(|text| text.to_ascii_lowercase()),
            UpperLetter => letters(n, 'A'),
            LowerLetter => letters(n, 'a'),
            Ordinal => Some(ordinal(n)),
            Hex => Some(format!("{n:X}")),
            Chicago => repeated(n, "*†‡§"),
            IdeographDigital | Digits => Some(figures(n, "〇一二三四五六七八九")),
            Taiwanese | Chinese => Some(tens(n)),
            FullWidth => Some(figures(n, "０１２３４５６７８９")),
            KoreanDigital => Some(figures(n, "영일이삼사오육칠팔구")),
            KoreanDigital2 => Some(figures(n, "零一二三四五六七八九")),
            Japanese => counted(n, &JAPANESE),
            JapaneseLegal => counted(n, &JAPANESE_LEGAL),
            TaiwaneseThousand => counted(n, &TRADITIONAL),
            LegalTraditional => counted(n, &LEGAL_TRADITIONAL),
            ChineseThousand => counted(n, &SIMPLIFIED),
            ChineseLegal => counted(n, &LEGAL),
            Korean => counted(n, &KOREAN),
            KoreanLegal => korean(n),
            Aiueo => one_of(n, AIUEO_HALF),
            AiueoFull => one_of(n, AIUEO),
            Iroha => one_of(n, IROHA_HALF),
            IrohaFull => one_of(n, IROHA),
            Zero => Some(format!("{n:02}")),
            Ganada => one_of(n, "가나다라마바사아자차카타파하"),
            Chosung => one_of(n, "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"),
            Circle => from(n, 20, '①'),
            CircleChinese => from(n, 10, '①'),
            EnclosedStop => from(n, 20, '⒈'),
            EnclosedParen => from(n, 20, '⑴'),
            IdeographCircle => from(n, 10, '㊀'),
            Stems => one_of(n, STEMS),
            Zodiac => one_of(n, BRANCHES),
            StemsBranches => pair(n),
            RussianLower => repeated(n, "абвгдежзиклмнопрстуфхцчшщыэюя"),
            RussianUpper => repeated(n, "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ"),
            Dash => Some(format!("- {n} -")),
        };
        written.unwrap_or_else(|| n.to_string())
    }
}

fn one_of(n: u32, set: &str) -> Option<String> {
    nth(n, set).map(String::from)
}

/// One of a run of characters that Unicode has in a row.
fn from(n: u32, last: u32, first: char) -> Option<String> {
    let place = n.checked_sub(1).filter(|&place| place < last)?;
    char::from_u32(u32::from(first) + place).map(String::from)
}

/// The character of a set, twice in the second round, and so on.
fn repeated(n: u32, set: &str) -> Option<String> {
    let size = u32::try_from(set.chars().count()).ok()?;
    let (round, place) = (n.checked_sub(1)? / size, (n - 1) % size);
    let c = nth(place + 1, set)?;
    (round < 30).then(|| (0..=round).map(|_| c).collect())
}

fn letters(n: u32, first: char) -> Option<String> {
    let alphabet: String = (0..26).filter_map(|n| char::from_u32(u32::from(first) + n)).collect();
    repeated(n, &alphabet)
}

fn pair(n: u32) -> Option<String> {
    let n = n.checked_sub(1)?;
    (n < 60).then(|| nth(n % 10 + 1, STEMS).into_iter().chain(nth(n % 12 + 1, BRANCHES)).collect())
}

fn ordinal(n: u32) -> String {
    let ending = match (n % 100, n % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_draws_them() {
        for (name, written) in [
            ("decimal", ["1", "2", "10", "11", "20", "21", "101"]),
            ("chineseCounting", ["一", "二", "十", "十一", "二十", "二十一", "一○一"]),
            ("chineseCountingThousand", ["一", "二", "十", "十一", "二十", "二十一", "一百〇一"]),
            ("chineseLegalSimplified", ["壹", "贰", "壹拾", "壹拾壹", "贰拾", "贰拾壹", "壹佰零壹"]),
            ("taiwaneseCountingThousand", ["一", "二", "十", "十一", "二十", "二十一", "一百零一"]),
            ("ideographLegalTraditional", ["壹", "貳", "壹拾", "壹拾壹", "貳拾", "貳拾壹", "壹佰零壹"]),
            ("japaneseCounting", ["一", "二", "十", "十一", "二十", "二十一", "百一"]),
            ("ideographDigital", ["一", "二", "一〇", "一一", "二〇", "二一", "一〇一"]),
            ("decimalFullWidth", ["１", "２", "１０", "１１", "２０", "２１", "１０１"]),
            ("decimalZero", ["01", "02", "10", "11", "20", "21", "101"]),
            ("ideographTraditional", ["甲", "乙", "癸", "11", "20", "21", "101"]),
            ("ideographZodiac", ["子", "丑", "酉", "戌", "20", "21", "101"]),
            ("ideographZodiacTraditional", ["甲子", "乙丑", "癸酉", "甲戌", "癸未", "甲申", "101"]),
            ("decimalEnclosedCircle", ["①", "②", "⑩", "⑪", "⑳", "21", "101"]),
            ("decimalEnclosedCircleChinese", ["①", "②", "⑩", "11", "20", "21", "101"]),
            ("decimalEnclosedParen", ["⑴", "⑵", "⑽", "⑾", "⒇", "21", "101"]),
            ("decimalEnclosedFullstop", ["⒈", "⒉", "⒑", "⒒", "⒛", "21", "101"]),
            ("ideographEnclosedCircle", ["㊀", "㊁", "㊉", "11", "20", "21", "101"]),
            ("upperLetter", ["A", "B", "J", "K", "T", "U", "WWWW"]),
            ("lowerRoman", ["i", "ii", "x", "xi", "xx", "xxi", "ci"]),
            ("koreanCounting", ["일", "이", "십", "십일", "이십", "이십일", "백일"]),
            ("aiueoFullWidth", ["ア", "イ", "コ", "サ", "ト", "ナ", "101"]),
            ("none", [""; 7]),
            ("a name of the future", ["1", "2", "10", "11", "20", "21", "101"]),
        ] {
            let all = [1, 2, 10, 11, 20, 21, 101].map(|n| Format::named(name).write(n));
            assert_eq!(all, written, "{name}");
        }
    }

    #[test]
    fn zeros_and_ten_thousands_are_written_as_they_are_read() {
        for (n, written) in [
            (100, "一百"),
            (110, "一百一十"),
            (111, "一百一十一"),
            (1001, "一千〇一"),
            (1010, "一千〇一十"),
            (2000, "二千"),
            (10_000, "一万"),
            (10_001, "一万〇一"),
            (120_000, "十二万"),
            (1_000_000, "1000000"),
        ] {
            assert_eq!(ChineseThousand.write(n), written);
        }
    }

    #[test]
    fn codes_of_the_binary_format_are_the_same_formats() {
        for (code, format) in [
            (0, Decimal),
            (11, Japanese),
            (18, Circle),
            (22, Zero),
            (23, Bullet),
            (30, Stems),
            (37, Chinese),
            (38, ChineseLegal),
            (39, ChineseThousand),
            (0x3a, RussianLower),
            (0xff, NoNumber),
            (0x80, Decimal),
        ] {
            assert_eq!(Format::coded(code), format, "{code}");
        }
    }

    #[test]
    fn no_number_is_too_large_or_too_small_to_be_written() {
        for (name, _) in NAMES {
            for n in [0, 27, 53, 999_999, 1_000_000, u32::MAX] {
                assert!(Format::named(name).write(n).chars().count() < 60, "{name} {n}");
            }
        }
    }
}

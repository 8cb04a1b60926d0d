//! A folded view of text for matching, with a map back to the text that is never edited.

/// Folds one character for matching: full-width ASCII to ASCII, look-alike brackets and marks to one form.
pub fn fold_char(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' | '\u{2002}'..='\u{200a}' => ' ',
        '﹙' => '(',
        '﹚' => ')',
        '｡' => '。',
        '､' | '﹑' | '丶' | 'ヽ' | 'ˎ' | '‚' => '、',
        '\u{2f00}'..='\u{2fd5}' | '\u{2e80}'..='\u{2ef3}' => unradical(c),
        _ => c,
    }
}

/// The unified ideographs of the 214 Kangxi radicals, in the order of Unicode.
const KANGXI: &str = "\
    一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工\
    己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉\
    瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行\
    衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯\
    鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠\
";

/// Radicals that stand in texts taken from PDF files where the ideograph is meant: ⼀ for 一, ⻓ for 长.
fn unradical(c: char) -> char {
    let unified = match c {
        '\u{2f00}'..='\u{2fd5}' => KANGXI.chars().nth(c as usize - 0x2f00).unwrap_or(c),
        '⺟' => '母',
        '⺠' => '民',
        '⻄' => '西',
        '⻅' => '见',
        '⻆' => '角',
        '⻉' => '贝',
        '⻋' => '车',
        '⻓' => '长',
        '⻔' => '门',
        '⻘' => '青',
        '⻙' => '韦',
        '⻚' => '页',
        '⻛' => '风',
        '⻜' => '飞',
        '⻝' => '食',
        '⻢' => '马',
        '⻣' => '骨',
        '⻤' => '鬼',
        '⻥' => '鱼',
        '⻦' => '鸟',
        '⻨' => '麦',
        '⻩' => '黄',
        '⻬' => '齐',
        '⻮' => '齿',
        '⻰' => '龙',
        '⻳' => '龟',
        _ => c,
    };
    // ⼂ is typed for 、.
    if unified == '丶' { '、' } else { unified }
}

/// The folded view of a line, without blanks, each character with its index (in characters) in the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folded {
    /// The folded characters.
    pub chars: Vec<char>,
    /// For each of them the index of the character that it stands for.
    pub index: Vec<usize>,
}

impl Folded {
    /// Folds at most `limit` characters of a line.
    pub fn new(line: &str, limit: usize) -> Self {
        let (chars, index) = line
            .chars()
            .enumerate()
            .filter(|&(_, c)| !super::is_blank(c))
            .take(limit)
            .map(|(n, c)| (fold_char(c), n))
            .unzip();
        Self { chars, index }
    }
}

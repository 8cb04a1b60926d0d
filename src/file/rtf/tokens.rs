//! RTF as tokens: groups, control words, bytes of text.

/// One token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\word12`, with its number if it has one.
    Word(&'a str, Option<i32>),
    /// `\~`, `\*` and the like.
    Sign(u8),
    /// A byte of text in the encoding of the font.
    Byte(u8),
}

/// The tokens of a file.
pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn take_while(&mut self, fits: impl Fn(u8) -> bool) -> &'a [u8] {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|&byte| !fits(byte)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    fn word(&mut self) -> Token<'a> {
        let name = self.take_while(|byte| byte.is_ascii_alphabetic());
        let name = std::str::from_utf8(name).unwrap_or_default();
        let minus =
            self.bytes.get(self.at) == Some(&b'-') && self.bytes.get(self.at + 1).is_some_and(u8::is_ascii_digit);
        self.at += usize::from(minus);
        let digits = std::str::from_utf8(self.take_while(|byte| byte.is_ascii_digit())).unwrap_or_default();
        let number = digits.parse::<i32>().ok().map(|n| if minus { -n } else { n });
        // One blank behind a word belongs to it.
        self.at += usize::from(self.bytes.get(self.at) == Some(&b' '));
        if name == "bin" {
            self.at = self.at.saturating_add(usize::try_from(number.unwrap_or(0)).unwrap_or(0));
        }
        Token::Word(name, number)
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            return Some(match byte {
                b'{' => Token::Open,
                b'}' => Token::Close,
                b'\r' | b'\n' | 0 => continue,
                b'\\' => match *self.bytes.get(self.at)? {
                    b'\'' => {
                        let digits = self.bytes.get(self.at + 1..self.at + 3)?;
                        self.at += 3;
                        let digits = std::str::from_utf8(digits).unwrap_or_default();
                        match u8::from_str_radix(digits, 16) {
                            Ok(byte) => Token::Byte(byte),
                            Err(_) => continue,
                        }
                    }
                    letter if letter.is_ascii_alphabetic() => self.word(),
                    sign => {
                        self.at += 1;
                        match sign {
                            b'\\' | b'{' | b'}' => Token::Byte(sign),
                            // A backslash at the end of a line ends the paragraph.
                            b'\r' | b'\n' => Token::Word("par", None),
                            sign => Token::Sign(sign),
                        }
                    }
                },
                byte => Token::Byte(byte),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_signs_and_bytes_are_told_apart() {
        let tokens: Vec<Token<'_>> = Tokens::new(b"{\\rtf1\\ansi a\\u-3 \\'b9\\\\\\~\\bin3 {}{\r\nb}").collect();
        let expected = [
            Token::Open,
            Token::Word("rtf", Some(1)),
            Token::Word("ansi", None),
            Token::Byte(b'a'),
            Token::Word("u", Some(-3)),
            Token::Byte(0xb9),
            Token::Byte(b'\\'),
            Token::Sign(b'~'),
            Token::Word("bin", Some(3)),
            Token::Byte(b'b'),
            Token::Close,
        ];
        assert_eq!(tokens, expected);
    }
}

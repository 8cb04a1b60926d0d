//! The paths and words that a source file uses, read from its tokens, so that comments and strings do not count.

use std::iter::Peekable;
use std::str::FromStr as _;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree, token_stream};

/// Something that a file uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Used {
    /// A path (`crate`, `text`, `find_date`) with `self` and `super` resolved, or a single word.
    pub(super) path: Vec<String>,
    /// The line.
    pub(super) line: usize,
    /// It stands in a `#[cfg(test)]` module.
    pub(super) in_test: bool,
}

/// A string literal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Literal {
    /// As it is written, quotes included.
    pub(super) text: String,
    /// The line.
    pub(super) line: usize,
    /// It stands in a `#[cfg(test)]` module.
    pub(super) in_test: bool,
}

/// Every path, word and string of a file; attributes, and so doc comments, are left out.
///
/// `module` is the path of the module that the file is: `["crate", "extract", "decode"]`.
pub(super) fn read(text: &str, module: &[String]) -> (Vec<Used>, Vec<Literal>) {
    let stream = TokenStream::from_str(text).expect("the file compiles, so it is made of tokens");
    let is_test_file = module.iter().any(|name| name == "tests");
    let mut reader = Reader { used: Vec::new(), literals: Vec::new(), module: module.to_vec(), in_test: is_test_file };
    reader.stream(stream);
    (reader.used, reader.literals)
}

struct Reader {
    used: Vec<Used>,
    literals: Vec<Literal>,
    module: Vec<String>,
    in_test: bool,
}

type Tokens = Peekable<token_stream::IntoIter>;

impl Reader {
    fn stream(&mut self, stream: TokenStream) {
        let mut tokens = stream.into_iter().peekable();
        let mut test_follows = false;
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Punct(punct) if punct.as_char() == '#' => {
                    tokens.next_if(|next| matches!(next, TokenTree::Punct(p) if p.as_char() == '!'));
                    let attribute = tokens.next_if(|next| matches!(next, TokenTree::Group(_)));
                    test_follows |= attribute.is_some_and(|group| group.to_string().replace(' ', "") == "[cfg(test)]");
                }
                TokenTree::Ident(word) if word == "mod" => {
                    self.module(&mut tokens, test_follows);
                    test_follows = false;
                }
                TokenTree::Ident(word) => {
                    let line = word.span().start().line;
                    self.path(vec![word.to_string()], line, &mut tokens);
                    // `pub` and `pub(super)` may stand between an attribute and its module.
                    test_follows &= word == "pub";
                }
                TokenTree::Group(group) => self.stream(group.stream()),
                TokenTree::Literal(literal) => self.literals.push(Literal {
                    text: literal.to_string(),
                    line: literal.span().start().line,
                    in_test: self.in_test,
                }),
                TokenTree::Punct(_) => {}
            }
        }
    }

    /// What follows the word `mod`: a module of its own, or a name alone.
    fn module(&mut self, tokens: &mut Tokens, is_test: bool) {
        let Some(TokenTree::Ident(name)) = tokens.next() else { return };
        let body = tokens.next_if(|next| matches!(next, TokenTree::Group(g) if g.delimiter() == Delimiter::Brace));
        if let Some(TokenTree::Group(body)) = body {
            let was_test = self.in_test;
            self.in_test |= is_test;
            self.module.push(name.to_string());
            self.stream(body.stream());
            self.module.pop();
            self.in_test = was_test;
        }
    }

    /// Reads on from the first word of a path; `a::{b, c::d}` is two paths.
    fn path(&mut self, mut path: Vec<String>, line: usize, tokens: &mut Tokens) {
        while takes_colons(tokens) {
            match tokens.peek() {
                Some(TokenTree::Ident(_)) => path.extend(tokens.next().map(|word| word.to_string())),
                Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                    let group = group.clone();
                    tokens.next();
                    return self.branches(&path, &group);
                }
                _ => break,
            }
        }
        let path = self.resolved(path);
        self.used.push(Used { path, line, in_test: self.in_test });
    }

    fn branches(&mut self, stem: &[String], group: &Group) {
        let mut tokens = group.stream().into_iter().peekable();
        while let Some(token) = tokens.next() {
            if let TokenTree::Ident(word) = token {
                let mut path = stem.to_vec();
                // `a::{self}` is `a`, and the name behind `as` is no path.
                if word != "self" {
                    path.push(word.to_string());
                }
                self.path(path, word.span().start().line, &mut tokens);
                while tokens.next_if(|next| !matches!(next, TokenTree::Punct(p) if p.as_char() == ',')).is_some() {}
            }
        }
    }

    fn resolved(&self, path: Vec<String>) -> Vec<String> {
        let ups = path.iter().take_while(|word| *word == "super").count();
        let here = usize::from(path.first().is_some_and(|word| word == "self") && path.len() > 1);
        if ups + here == 0 {
            return path;
        }
        let base = &self.module[..self.module.len().saturating_sub(ups)];
        base.iter().cloned().chain(path.into_iter().skip(ups + here)).collect()
    }
}

/// Takes `::` if it comes next.
fn takes_colons(tokens: &mut Tokens) -> bool {
    let mut colon = || tokens.next_if(|next| matches!(next, TokenTree::Punct(p) if p.as_char() == ':')).is_some();
    colon() && colon()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(text: &str) -> Vec<String> {
        let module = ["crate", "extract", "decode"].map(str::to_owned);
        read(text, &module).0.into_iter().map(|used| used.path.join("::")).filter(|path| path.contains("::")).collect()
    }

    #[test]
    fn a_path_is_read_wherever_it_stands() {
        for (text, expected) in [
            ("use crate::text::find_date;", vec!["crate::text::find_date"]),
            (
                "use crate::{text, model::{Page, Url as U}};",
                vec!["crate::text", "crate::model::Page", "crate::model::Url"],
            ),
            ("use std::{fs::{self, File}, io};", vec!["std::fs", "std::fs::File", "std::io"]),
            ("fn f() { g(std::env::var(\"A\")) }", vec!["std::env::var"]),
            ("fn f() { vec![crate::fetch::x()] }", vec!["crate::fetch::x"]),
            (
                "use super::Rules; use self::a::B; use super::super::text;",
                vec!["crate::extract::Rules", "crate::extract::decode::a::B", "crate::text"],
            ),
            ("mod tests { use super::super::Rules; }", vec!["crate::extract::Rules"]),
            ("// use std::fs;\n/// std::fs\nfn f() -> &'static str { \"std::fs\" }", vec![]),
        ] {
            assert_eq!(paths(text), expected, "{text}");
        }
    }

    #[test]
    fn what_stands_in_tests_is_marked() {
        let (used, literals) =
            read("use a::b;\n#[cfg(test)]\nmod tests { use c::d; const E: &str = \"e\"; }\nuse f::g;", &[]);
        let found = |word: &str| used.iter().find(|used| used.path[0] == word).map(|used| (used.line, used.in_test));
        assert_eq!((found("a"), found("c"), found("f")), (Some((1, false)), Some((3, true)), Some((4, false))));
        assert_eq!(literals, [Literal { text: "\"e\"".to_owned(), line: 3, in_test: true }]);
    }
}

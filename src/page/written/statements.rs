//! Statements of a script: assignments, conditions, and what is written; the rest is skipped.

use std::collections::HashMap;

use super::value::Value;

/// Deepest nesting that is read.
const DEEPEST: usize = 24;

/// Reads a script once, from its beginning.
#[derive(Debug, Default)]
pub(super) struct Reader {
    pub(super) code: Vec<char>,
    pub(super) at: usize,
    pub(super) names: HashMap<String, Option<Value>>,
    pub(super) written: String,
    /// Ids of elements, and what is put into each.
    pub(super) filled: Vec<(String, String)>,
}

impl Reader {
    pub(super) fn peek(&self) -> Option<char> {
        self.code.get(self.at).copied()
    }

    pub(super) fn looks_at(&self, text: &str) -> bool {
        text.chars().enumerate().all(|(n, c)| self.code.get(self.at + n) == Some(&c))
    }

    /// Skips blanks and comments.
    pub(super) fn skip(&mut self) {
        loop {
            while self.peek().is_some_and(char::is_whitespace) {
                self.at += 1;
            }
            if self.looks_at("//") || self.looks_at("<!--") || self.looks_at("-->") {
                while self.peek().is_some_and(|c| c != '\n') {
                    self.at += 1;
                }
            } else if self.looks_at("/*") {
                while self.at < self.code.len() && !self.looks_at("*/") {
                    self.at += 1;
                }
                self.at += 2;
            } else {
                return;
            }
        }
    }

    pub(super) fn eat(&mut self, text: &str) -> bool {
        self.skip();
        let found = self.looks_at(text);
        self.at += if found { text.chars().count() } else { 0 };
        found
    }

    pub(super) fn word(&mut self) -> String {
        self.skip();
        let start = self.at;
        while self.peek().is_some_and(|c| c.is_alphanumeric() || "_$".contains(c)) {
            self.at += 1;
        }
        self.code.get(start..self.at).unwrap_or_default().iter().collect()
    }

    /// Reads a statement, and does what it says if it is `live`; `None` where nothing more can be read.
    pub(super) fn statement(&mut self, live: bool, depth: usize) -> Option<()> {
        self.skip();
        if depth > DEEPEST || self.peek().is_none() {
            return None;
        }
        if self.eat(";") {
            return Some(());
        }
        if self.eat("{") {
            while !self.eat("}") {
                self.statement(live, depth + 1)?;
            }
            return Some(());
        }
        let start = self.at;
        match self.word().as_str() {
            "if" => self.branch(live, depth),
            "var" | "let" | "const" => self.declarations(live && depth == 0),
            "for" | "while" | "do" | "switch" | "try" | "with" | "return" => None,
            "function" => {
                while self.peek().is_some_and(|c| c != '{') {
                    self.at += 1;
                }
                self.balanced()
            }
            "" => self.rest_of_statement(),
            "document" if self.eat(".") => self.writing(live),
            "$" | "jQuery" if self.eat("(") => self.selected(live, depth),
            name => {
                let name = name.to_owned();
                if self.eat("=") && self.peek() != Some('=') {
                    let value = self.whole_expression();
                    self.assign(&name, value, live && depth == 0);
                    return Some(());
                }
                self.at = start;
                self.rest_of_statement()
            }
        }
    }

    pub(super) fn branch(&mut self, live: bool, depth: usize) -> Option<()> {
        if !self.eat("(") {
            return None;
        }
        let condition = self.condition();
        if !self.eat(")") {
            self.up_to_closing()?;
        }
        let condition = if self.looks_at_operator() { None } else { condition };
        self.statement(live && condition == Some(true), depth + 1)?;
        self.eat(";");
        let before = self.at;
        if self.word() == "else" {
            self.statement(live && condition == Some(false), depth + 1)?;
        } else {
            self.at = before;
        }
        Some(())
    }

    pub(super) fn looks_at_operator(&mut self) -> bool {
        self.skip();
        self.peek().is_some_and(|c| "+-*/&|?:=.".contains(c))
    }

    pub(super) fn declarations(&mut self, live: bool) -> Option<()> {
        loop {
            let name = self.word();
            if name.is_empty() {
                return self.rest_of_statement();
            }
            let value = if self.eat("=") { self.whole_expression() } else { Some(Value::Null) };
            self.assign(&name, value, live);
            if !self.eat(",") {
                self.eat(";");
                return Some(());
            }
        }
    }

    /// What a branch assigns is unknown behind it.
    pub(super) fn assign(&mut self, name: &str, value: Option<Value>, live: bool) {
        self.names.insert(name.to_owned(), value.filter(|_| live));
    }

    /// `$("#day").html('2023-03-15')`, and what is done when the page is there: `$(function () { … })`.
    fn selected(&mut self, live: bool, depth: usize) -> Option<()> {
        self.skip();
        if self.eat("function") && self.eat("(") && self.eat(")") {
            self.statement(live, depth + 1)?;
            self.eat(")");
            return Some(());
        }
        let Some(quote @ ('"' | '\'')) = self.peek() else {
            self.up_to_closing()?;
            return self.rest_of_statement();
        };
        let selector = self.literal(quote);
        if !self.eat(")") || !self.eat(".") {
            return self.rest_of_statement();
        }
        let verb = self.word();
        if !matches!(verb.as_str(), "html" | "text") || !self.eat("(") {
            return self.rest_of_statement();
        }
        let value = self.expression();
        if !self.eat(")") {
            return self.up_to_closing();
        }
        if let (Some(value), Some(id)) = (value.filter(|_| live), selector.strip_prefix('#')) {
            self.fill(id, &value, verb == "text");
        }
        Some(())
    }

    /// `getElementById("day").innerHTML = '2023-03-15'`
    fn element(&mut self, live: bool) -> Option<()> {
        self.skip();
        let Some(quote @ ('"' | '\'')) = self.peek() else {
            self.up_to_closing()?;
            return self.rest_of_statement();
        };
        let id = self.literal(quote);
        if !self.eat(")") || !self.eat(".") {
            return self.rest_of_statement();
        }
        let member = self.word();
        if !matches!(member.as_str(), "innerHTML" | "innerText" | "textContent")
            || !self.eat("=")
            || self.peek() == Some('=')
        {
            return self.rest_of_statement();
        }
        if let Some(value) = self.whole_expression().filter(|_| live) {
            self.fill(&id, &value, member != "innerHTML");
        }
        Some(())
    }

    fn fill(&mut self, id: &str, value: &Value, is_text: bool) {
        let text = value.text();
        let markup = if is_text { text.replace('&', "&amp;").replace('<', "&lt;") } else { text };
        self.filled.push((id.to_owned(), markup));
    }

    pub(super) fn writing(&mut self, live: bool) -> Option<()> {
        let verb = self.word();
        if verb == "getElementById" && self.eat("(") {
            return self.element(live);
        }
        if !matches!(verb.as_str(), "write" | "writeln") || !self.eat("(") {
            return self.rest_of_statement();
        }
        let value = self.expression();
        if self.eat(")") {
            if let Some(value) = value.filter(|_| live) {
                self.written.push_str(&value.text());
            }
            return Some(());
        }
        self.up_to_closing()
    }

    pub(super) fn literal(&mut self, quote: char) -> String {
        let mut text = String::new();
        self.at += 1;
        while let Some(c) = self.peek() {
            self.at += 1;
            match c {
                c if c == quote => break,
                '\\' => {
                    let escaped = self.peek();
                    self.at += 1;
                    match escaped {
                        Some('n' | 'r' | 't') => text.push(' '),
                        Some('u') => {
                            let digits: String = self.code.iter().skip(self.at).take(4).collect();
                            text.extend(u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32));
                            self.at += 4;
                        }
                        Some('\n') | None => {}
                        Some(c) => text.push(c),
                    }
                }
                c => text.push(c),
            }
        }
        text
    }

    /// Goes behind a literal.
    fn skip_literal(&mut self, quote: char) {
        self.at += 1;
        while let Some(c) = self.peek() {
            self.at += 1;
            if c == quote {
                return;
            }
            if c == '\\' {
                // As many as [`Self::literal`] takes.
                self.at += if self.peek() == Some('u') { 5 } else { 1 };
            }
        }
    }

    /// Skips a bracket and what it holds.
    pub(super) fn balanced(&mut self) -> Option<()> {
        self.at += 1;
        self.up_to_closing()
    }

    /// Goes behind the bracket that closes the one that is open.
    pub(super) fn up_to_closing(&mut self) -> Option<()> {
        let mut open = 1;
        while open > 0 {
            match self.peek()? {
                quote @ ('"' | '\'') => {
                    self.skip_literal(quote);
                    continue;
                }
                '(' | '[' | '{' => open += 1,
                ')' | ']' | '}' => open -= 1,
                _ => {}
            }
            self.at += 1;
        }
        Some(())
    }

    pub(super) fn rest_of_statement(&mut self) -> Option<()> {
        self.peek()?;
        let before = self.at;
        self.rest_of_expression();
        self.eat(";");
        if self.at == before {
            self.at += 1;
        }
        Some(())
    }

    /// Up to the end of the line, the semicolon or the bracket that closes what is around it.
    pub(super) fn rest_of_expression(&mut self) {
        while let Some(c) = self.peek() {
            match c {
                ';' | '\n' | '}' | ')' => return,
                quote @ ('"' | '\'') => self.skip_literal(quote),
                '(' | '[' | '{' => {
                    if self.balanced().is_none() {
                        return;
                    }
                }
                _ => self.at += 1,
            }
        }
    }
}

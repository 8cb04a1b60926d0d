//! Expressions of a script whose value is certain: constants, their concatenation, comparisons.

use super::statements::Reader;
use super::value::Value;

impl Reader {
    /// An expression up to the end of its statement; unknown if it goes on in a way that is not read.
    pub(super) fn whole_expression(&mut self) -> Option<Value> {
        let value = self.expression();
        self.skip_line_blanks();
        match self.peek() {
            None | Some(';' | ',' | '\n' | '\r' | '}') => value,
            _ => {
                self.rest_of_expression();
                None
            }
        }
    }

    fn skip_line_blanks(&mut self) {
        while self.peek().is_some_and(|c| c.is_whitespace() && c != '\n') {
            self.at += 1;
        }
    }

    /// `a + b`, one side after the other.
    pub(super) fn expression(&mut self) -> Option<Value> {
        let mut value = self.term();
        loop {
            let before = self.at;
            if !self.eat("+") || self.peek() == Some('+') || self.peek() == Some('=') {
                self.at = before;
                return value;
            }
            let other = self.term();
            value = match (value, other) {
                (Some(Value::Number(one)), Some(Value::Number(other))) => one.checked_add(other).map(Value::Number),
                (Some(one), Some(other)) => Some(Value::Text(one.text() + &other.text())),
                _ => None,
            };
        }
    }

    fn term(&mut self) -> Option<Value> {
        self.skip();
        let mut value = match self.peek()? {
            quote @ ('"' | '\'') => Some(Value::Text(self.literal(quote))),
            '(' => {
                self.at += 1;
                let value = self.expression();
                if !self.eat(")") {
                    self.up_to_closing();
                    return None;
                }
                value
            }
            c if c.is_ascii_digit() => self.word().parse().ok().map(Value::Number),
            _ => match self.word().as_str() {
                "null" | "undefined" => Some(Value::Null),
                "true" => Some(Value::Truth(true)),
                "false" => Some(Value::Truth(false)),
                "" => None,
                name => self.names.get(name).cloned().flatten(),
            },
        };
        // Calls and members: only the length of a text is known.
        loop {
            let before = self.at;
            self.skip();
            match self.peek() {
                Some('.') => {
                    self.at += 1;
                    let member = self.word();
                    value = self.member(value, &member);
                }
                Some('(' | '[') => {
                    self.balanced();
                    value = None;
                }
                _ => {
                    self.at = before;
                    return value;
                }
            }
        }
    }

    /// `length`, and what cuts a text at known places.
    fn member(&mut self, value: Option<Value>, member: &str) -> Option<Value> {
        if member == "length" {
            return value.map(|value| Value::Number(i64::try_from(value.text().chars().count()).unwrap_or(i64::MAX)));
        }
        if !matches!(member, "indexOf" | "substr" | "substring" | "trim" | "toString") || !self.eat("(") {
            return None;
        }
        let argument = if self.eat(")") {
            Some(Value::Number(0))
        } else {
            let argument = self.expression();
            if !self.eat(")") {
                self.up_to_closing();
                return None;
            }
            argument
        };
        let (text, argument) = (value?.text(), argument?);
        match (member, argument) {
            ("indexOf", argument) => {
                let place = text.find(&argument.text()).and_then(|at| text.get(..at)).map(|head| head.chars().count());
                Some(Value::Number(place.and_then(|place| i64::try_from(place).ok()).unwrap_or(-1)))
            }
            ("substr" | "substring", Value::Number(from)) => {
                Some(Value::Text(text.chars().skip(usize::try_from(from).ok()?).collect()))
            }
            ("trim", _) => Some(Value::Text(text.trim().to_owned())),
            ("toString", _) => Some(Value::Text(text)),
            _ => None,
        }
    }

    /// `a != '' && b != null`: `None` where it is not known.
    pub(super) fn condition(&mut self) -> Option<bool> {
        let mut value = self.comparison();
        loop {
            if self.eat("&&") {
                let other = self.comparison();
                value = match (value, other) {
                    (Some(false), _) | (_, Some(false)) => Some(false),
                    (Some(true), Some(true)) => Some(true),
                    _ => None,
                };
            } else if self.eat("||") {
                let other = self.comparison();
                value = match (value, other) {
                    (Some(true), _) | (_, Some(true)) => Some(true),
                    (Some(false), Some(false)) => Some(false),
                    _ => None,
                };
            } else {
                return value;
            }
        }
    }

    fn comparison(&mut self) -> Option<bool> {
        self.skip();
        if self.peek() == Some('!') && self.code.get(self.at + 1) != Some(&'=') {
            self.at += 1;
            return self.comparison().map(|truth| !truth);
        }
        let one = self.expression();
        let operators = ["===", "!==", "==", "!=", ">=", "<=", ">", "<"];
        let Some(operator) = operators.into_iter().find(|operator| self.eat(operator)) else {
            return one.map(|value| value.holds());
        };
        let (one, other) = (one, self.expression());
        let (one, other) = (one?, other?);
        match operator {
            "===" | "==" => return Some(one.equals(&other)),
            "!==" | "!=" => return Some(!one.equals(&other)),
            _ => {}
        }
        let (one, other) = (one.text().parse::<i64>().ok()?, other.text().parse::<i64>().ok()?);
        Some(match operator {
            ">=" => one >= other,
            "<=" => one <= other,
            ">" => one > other,
            _ => one < other,
        })
    }
}

//! Expressions of a script whose value is certain: constants, their concatenation, comparisons.

use super::statements::Reader;
use super::value::Value;
use crate::text::{DateTime, of_epoch, parse_datetime};

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
                "new" if self.word() == "Date" => self.day_of_call(),
                name => match self.names.get(name).cloned() {
                    None if self.looks_at("(") => self.day_of_call(),
                    known => known.flatten(),
                },
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
        let of_day = DAY_METHODS.contains(&member);
        if !(of_day || METHODS.contains(&member)) || !self.eat("(") {
            return None;
        }
        let arguments = self.arguments()?;
        if of_day {
            return part_of_day(&value?, member);
        }
        let text = value.map(|value| value.text());
        if member == "split" {
            return self.part(&text?, arguments.first()?.as_ref()?);
        }
        let arguments: Vec<Value> = arguments.into_iter().collect::<Option<_>>()?;
        called(&text?, member, &arguments)
    }

    /// The day that a call is given: `new Date(1699410153000)`, `formatDate("2023-11-08 10:22:33", "yyyy-MM-dd")`. What the
    /// function is called that prints it differs from site to site.
    fn day_of_call(&mut self) -> Option<Value> {
        if !self.eat("(") {
            return None;
        }
        let day = self.arguments()?.into_iter().next()??.text();
        let is_number = matches!(day.len(), 10 | 13) && day.bytes().all(|byte| byte.is_ascii_digit());
        let instant = if is_number { of_epoch(day.parse().ok()?) } else { None };
        instant.or_else(|| parse_datetime(&day)).map(|day| Value::Text(shown(&day)))
    }

    /// The arguments of a call up to its closing bracket; each is `None` where it is not known.
    fn arguments(&mut self) -> Option<Vec<Option<Value>>> {
        let mut arguments = Vec::new();
        while !self.eat(")") {
            self.skip();
            let pattern = self.peek() == Some('/');
            arguments.push(if pattern { self.pattern() } else { self.expression() });
            if !self.eat(",") && !self.looks_at(")") {
                self.up_to_closing();
                return None;
            }
        }
        Some(arguments)
    }

    /// A pattern that stands for its own letters everywhere: `/-/g`.
    fn pattern(&mut self) -> Option<Value> {
        self.at += 1;
        let mut letters = String::new();
        let mut plain = true;
        while let Some(c) = self.peek().filter(|&c| c != '\n') {
            self.at += 1;
            match c {
                '/' => break,
                '\\' => {
                    let escaped = self.peek()?;
                    self.at += 1;
                    plain &= !escaped.is_alphanumeric();
                    letters.push(escaped);
                }
                c => {
                    plain &= !"^$.*+?()[]{}|".contains(c);
                    letters.push(c);
                }
            }
        }
        let everywhere = self.word() == "g";
        (plain && everywhere && !letters.is_empty()).then_some(Value::Pattern(letters))
    }

    /// `.split(' ')[0]`: of the parts only one that is chosen at once is known.
    fn part(&mut self, text: &str, separator: &Value) -> Option<Value> {
        let separator = Some(separator.text()).filter(|separator| !separator.is_empty())?;
        if !self.eat("[") {
            return None;
        }
        let Some(Value::Number(place)) = self.expression() else {
            self.up_to_closing();
            return None;
        };
        if !self.eat("]") {
            self.up_to_closing();
            return None;
        }
        text.split(&separator).nth(usize::try_from(place).ok()?).map(|part| Value::Text(part.to_owned()))
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

/// The methods of a text that are known.
const METHODS: [&str; 8] = ["indexOf", "substr", "substring", "slice", "split", "replace", "trim", "toString"];

/// The methods of a day that are known: those that print it, and those that give a part.
const DAY_METHODS: [&str; 10] = [
    "format",
    "Format",
    "pattern",
    "toLocaleDateString",
    "toLocaleString",
    "getFullYear",
    "getMonth",
    "getDate",
    "getHours",
    "getMinutes",
];

/// A day as scripts print it.
fn shown(day: &DateTime) -> String {
    day.time.map_or_else(|| day.date.to_string(), |time| format!("{} {}", day.date, time.strftime("%H:%M:%S")))
}

/// What a method of a day gives: the day, or a part of it; months are counted from 0.
fn part_of_day(value: &Value, method: &str) -> Option<Value> {
    let day = parse_datetime(&value.text())?;
    let time = day.time.unwrap_or_default();
    Some(Value::Number(match method {
        "getFullYear" => day.date.year().into(),
        "getMonth" => i64::from(day.date.month()) - 1,
        "getDate" => day.date.day().into(),
        "getHours" => time.hour().into(),
        "getMinutes" => time.minute().into(),
        _ => return Some(Value::Text(shown(&day))),
    }))
}

/// What a method of a text gives.
fn called(text: &str, method: &str, arguments: &[Value]) -> Option<Value> {
    let place = |value: &Value| match value {
        Value::Number(place) => usize::try_from(*place).ok(),
        _ => None,
    };
    let between = |from: usize, to: usize| text.chars().take(to).skip(from).collect();
    let text = match (method, arguments) {
        ("indexOf", [wanted]) => {
            let place = text.find(&wanted.text()).and_then(|at| text.get(..at)).map(|head| head.chars().count());
            return Some(Value::Number(place.and_then(|place| i64::try_from(place).ok()).unwrap_or(-1)));
        }
        ("substr" | "substring" | "slice", [from]) => between(place(from)?, usize::MAX),
        ("substr", [from, count]) => between(place(from)?, place(from)?.checked_add(place(count)?)?),
        ("substring", [from, to]) => between(place(from)?.min(place(to)?), place(from)?.max(place(to)?)),
        ("slice", [from, to]) => between(place(from)?, place(to)?),
        ("replace", [Value::Pattern(wanted), other]) => text.replace(wanted.as_str(), &plain(other)?),
        ("replace", [Value::Text(wanted), other]) => text.replacen(wanted.as_str(), &plain(other)?, 1),
        ("trim", []) => text.trim().to_owned(),
        ("toString", []) => text.to_owned(),
        _ => return None,
    };
    Some(Value::Text(text))
}

/// What is put in the place of a part; `$1` would stand for another.
fn plain(value: &Value) -> Option<String> {
    let text = value.text();
    (matches!(value, Value::Text(_)) && !text.contains('$')).then_some(text)
}

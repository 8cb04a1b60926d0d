//! White space, the folded view used for matching, numerals and dates: what every stage knows about Chinese text.

mod space;
mod fold;
mod numeral;
mod date;

pub use date::{DateTime, FoundDate, dates, find_date, find_datetime, parse_date};
pub use fold::{Folded, fold_char};
pub use numeral::{chinese_number, parse_number};
pub use space::{clean_line, is_blank, is_zero_width};

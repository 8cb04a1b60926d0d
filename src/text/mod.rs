//! White space, the folded view used for matching, numerals and dates: what every stage knows about text.

mod address;
mod space;
mod fold;
mod view;
mod ideograph;
mod numeral;
mod date;

pub use address::address_day;
pub use date::{
    DateTime, FoundDate, dates, find_date, find_datetime, may_hold_date, of_epoch, parse_date, parse_datetime,
};
pub use fold::{Folded, fold_char};
pub use ideograph::{is_ideograph, is_private_use};
pub use numeral::{chinese_number, parse_number};
pub use space::{clean_line, is_blank, is_collapsed, is_zero_width};
pub use view::{begins, ends, holds};

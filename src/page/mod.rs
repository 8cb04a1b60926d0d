//! What a page is, for lists and articles alike: bytes → [`Page`](crate::model::Page) → tree, lines, labels, tags.

mod decode;
mod parse;
mod ids;
mod tag;
mod box_names;
mod sheet;
mod style;
mod tree;
pub(crate) mod document_number;
pub(crate) mod line_class;
mod letters;
mod lexicon;
mod label;
mod lines;
mod meta;
mod breadcrumb;
mod posted;
mod seen;
mod written;
mod view;
mod literal;
mod stub;
mod labelled;
mod marks;
pub mod family;

pub use decode::decode;
pub use parse::parse_html;
pub use seen::{pieces, seen};
pub use stub::sent_on;
pub use view::View;

pub(crate) use breadcrumb::{breadcrumb, in_text, without_title};
pub(crate) use decode::declared_in_markup;
pub(crate) use ids::{Each, Id, LineId, NodeId, Span, Sums};
pub(crate) use label::{Label, LabelLine, Labelled};
pub(crate) use labelled::{labelled, value_lines};
pub(crate) use letters::{behind, folded, letters, same_letters, without_date};
pub(crate) use line_class::is_letter;
pub(crate) use lines::{Line, Lines};
pub(crate) use literal::{quoted, text_of};
pub(crate) use meta::{MetaTags, is_placeholder, plain};
pub(crate) use posted::{goes_on, posted, posted_by};
pub(crate) use seen::{elements, first_letter};
pub(crate) use tag::Tag;
pub(crate) use tree::Tree;

//! Which lines are no running text, and by which rule.

mod rule;
mod annex;
mod annex_list;
mod contents;
mod head;
mod table;
mod tail;

pub use annex::AnnexRule;
pub(super) use annex::{Opening, openings};
pub(super) use annex_list::mark_annex_lists;
pub(super) use contents::{contents_entry, mark_contents};
pub(super) use head::{mark_head, mark_inner_addressee};
pub use rule::RoleRule;
pub(super) use rule::{Roles, is_remark};
pub(super) use table::mark_tables;
pub(super) use tail::{copies, mark_tail, split_signatures, unlabelled};

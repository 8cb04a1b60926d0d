//! Portal families whose lists are no plain links: one file a family, each from a page to what it found.

mod epoint;
mod feed;
mod gkmlpt;
mod hanweb_jcms;
mod hanweb_jpaas;
mod hanweb_xxgk;
mod json_answer;
mod lonsun;
mod search;
mod trs_igs;
mod ucap;
mod xinhua;

use super::found::FoundList;
use crate::page::View;

type Reader = fn(&View) -> Option<FoundList>;

/// The readers in the order in which they are asked; the first that knows the page reads it.
///
/// First come those that know their pages and answers by marks of their own, then any other JSON, then the frames:
/// pages that only name the address of their records, which is a weaker sign than records that are there.
const READERS: [Reader; 12] = [
    feed::read,
    hanweb_jcms::read,
    hanweb_jpaas::read,
    hanweb_xxgk::read,
    lonsun::read,
    epoint::read,
    json_answer::read,
    gkmlpt::frame,
    xinhua::frame,
    ucap::frame,
    trs_igs::frame,
    hanweb_xxgk::frame,
];

/// Reads the list of a family that writes no plain links.
pub(super) fn read(view: &View) -> Option<FoundList> {
    READERS.iter().find_map(|read| read(view))
}

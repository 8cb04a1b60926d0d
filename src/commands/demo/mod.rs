//! `gongwen demo`: a small portal on loopback, crawled and built.

mod markup;
mod portal;
mod report;
mod site;

use super::{Context, Exit};

pub(super) fn run(_context: &Context) -> anyhow::Result<Exit> {
    let reports = report::reports()?;
    let portal = portal::Portal::open(site::site(&reports))?;
    anyhow::bail!("not built yet: {} {}", portal.address(), portal.log().len())
}

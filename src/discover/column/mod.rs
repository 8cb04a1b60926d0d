//! The way from a home page to the column of reports, and what a column says of itself.

mod lead;
pub(super) mod site_info;
mod sitemap;
mod wanted;

pub use lead::{Lead, leads};
pub use site_info::{SiteInfo, site_info};
pub use sitemap::{Sitemap, sitemap};
pub use wanted::{NAMES_COLUMN, Wanted};

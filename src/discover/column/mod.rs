//! The way from a home page to the column of annual reports, and what a column says of itself.

mod lead;
pub(super) mod site_info;
mod sitemap;

pub use lead::{Lead, NAMES_COLUMN, WANTED_TITLE, is_wanted, leads};
pub use site_info::{SiteInfo, site_info};
pub use sitemap::{Sitemap, sitemap};

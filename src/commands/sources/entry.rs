//! The source file of a column: its id and its text.

use std::fmt::Write as _;

use jiff::civil::Date;
use url::{Host, Url};

use super::candidate::Candidate;
use crate::discover::{SiteInfo, Wanted};
use crate::model::SourceId;
use crate::record::{is_region, region_of_site};
use crate::words::SITE_ENDINGS;

/// The id of a column: what names the body in its host, and the last name in its path.
pub(super) fn id(start: &Url) -> Option<SourceId> {
    let words: Vec<String> = body(start).into_iter().chain(folder(start)).map(|word| plain(&word)).collect();
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-").parse().ok()
}

/// What a reader calls the column.
pub(super) fn name(site_info: &SiteInfo, start: &Url) -> String {
    let site = site_info.site.as_deref().unwrap_or_default();
    let shorter = SITE_ENDINGS.ends(site).and_then(|ending| site.strip_suffix(ending.text));
    let site = shorter.filter(|rest| !rest.is_empty()).unwrap_or(site);
    let column = site_info.column.as_deref().unwrap_or_default();
    match format!("{site} {column}").trim() {
        "" => start.host_str().unwrap_or_default().to_owned(),
        name => name.to_owned(),
    }
}

/// The region of the site, where its name and its registration agree; else a remark with what the registration says.
fn region(site_info: &SiteInfo) -> Option<String> {
    let site_code = site_info.site_code.as_deref()?;
    let agreed = site_info.site.as_deref().and_then(|name| region_of_site(name, site_code));
    if let Some(region) = agreed {
        return Some(format!("region  = \"{region}\""));
    }
    let registered = site_code.get(..6).filter(|code| is_region(code))?;
    Some(format!("# region = \"{registered}\"   # so the site is registered; its name does not say the same"))
}

/// The text of the source file.
pub(super) fn text(column: &Candidate, wanted: &Wanted, today: Date) -> String {
    let quoted = |text: &str| toml::Value::from(text).to_string();
    let family = column.first.profile.as_deref().unwrap_or("unknown family");
    let items = column.items().len();
    let days = column.days().map_or_else(String::new, |(first, last)| format!(", {first} to {last}"));
    let mut text = format!("# Written by `gongwen sources add` on {today}: {family}, {items} items read{days}.\n");
    // Writing to a string cannot fail.
    let _ = writeln!(text, "name    = {}", quoted(&name(&column.site_info, &column.start)));
    if let Some(region) = region(&column.site_info) {
        let _ = writeln!(text, "{region}");
    }
    let _ = writeln!(text, "start   = [{}]", quoted(column.start.as_str()));
    if column.n_wanted(wanted) > 0 {
        let _ = write!(text, "\n[select]\ntitle_matches = {}\n", quoted(wanted.titles()));
    }
    text
}

/// The registrable name, then what stands before it: `www.liling.gov.cn` is liling, `jyj.wuhan.gov.cn` wuhan and jyj.
fn body(url: &Url) -> Vec<String> {
    let Some(Host::Domain(host)) = url.host() else { return vec![url.host_str().unwrap_or_default().to_owned()] };
    let domain = psl::domain_str(host).unwrap_or(host);
    let own = domain.split('.').next().unwrap_or(domain);
    let before = host.strip_suffix(domain).unwrap_or_default();
    let before = before.split('.').rev().filter(|label| !label.is_empty() && *label != "www");
    std::iter::once(own).chain(before).map(ToOwned::to_owned).collect()
}

/// The last name in the path that is not one of those that every list page has.
fn folder(url: &Url) -> Option<String> {
    let every = |stem: &str| {
        stem.ends_with("list") || ["index", "list", "default", "main"].iter().any(|name| stem.starts_with(name))
    };
    let mut segments = url.path_segments()?.rev().filter(|segment| !segment.is_empty());
    segments.find_map(|segment| {
        let stem = segment.split('.').next().unwrap_or(segment).to_ascii_lowercase();
        (!every(&stem)).then_some(stem)
    })
}

/// What an id may hold, in place of anything else a `-`.
fn plain(word: &str) -> String {
    let fine = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    word.chars().map(fine).take(32).collect::<String>().trim_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::sources::candidate::tests::column;
    use crate::config::Config;

    #[test]
    fn an_id_is_made_of_host_and_column() {
        for (url, expect) in [
            ("http://www.qingshi.gov.cn/c21705/index.html", "qingshi-c21705"),
            ("http://jyj.yunxi.gov.cn/zfxxgk/fzzf/", "yunxi-jyj-fzzf"),
            ("https://qingshi.gov.cn/col/col1229346873/index.html", "qingshi-col1229346873"),
            ("http://www.qingshi.gov.cn/zwgk/FZ_ZF/common_list.shtml", "qingshi-fz-zf"),
            ("http://www.qingshi.gov.cn/c100538/xxgk_list.shtml", "qingshi-c100538"),
            ("http://www.qingshi.gov.cn/qtxx.jhtml", "qingshi-qtxx"),
            ("http://www.qingshi.gov.cn/?id=3", "qingshi"),
            ("http://127.0.0.2:8080/fzzf/index.html", "127-0-0-2-fzzf"),
        ] {
            let id = id(&Url::parse(url).unwrap());
            assert_eq!(id.as_ref().map(SourceId::as_str), Some(expect), "{url}");
        }
    }

    #[test]
    fn a_name_is_that_of_the_site_and_of_the_column() {
        let own = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        for (site, name_of_column, expect) in [
            ("云溪县人民政府", "法治政府建设", "云溪县 法治政府建设"),
            ("云溪县人民政府门户网站", "", "云溪县"),
            ("人民政府", "法治政府建设", "人民政府 法治政府建设"),
            ("云溪县政府网", "公告", "云溪县 公告"),
            ("", "", "www.yunxi.example.gov.cn"),
        ] {
            let site_info = SiteInfo { site: own(site), column: own(name_of_column), site_code: None };
            assert_eq!(name(&site_info, &column("", &[]).start), expect, "{site} {name_of_column}");
        }
    }

    #[test]
    fn a_region_is_written_where_name_and_registration_agree_and_else_left_to_the_reader() {
        for (name, code, expect) in [
            ("醴陵市人民政府", "4302810001", Some("region  = \"430281\"")),
            ("醴陵市人民政府", "4302000001", Some("region  = \"430281\"")),
            ("云溪县人民政府", "4302000001", Some("# region = \"430200\"")),
            ("醴陵市人民政府", "4399990001", None),
        ] {
            let site = Some(name.to_owned());
            let said = region(&SiteInfo { site, site_code: Some(code.to_owned()), column: None });
            assert!(
                said.as_deref().zip(expect).is_some_and(|(said, expect)| said.starts_with(expect))
                    || said.is_none() && expect.is_none(),
                "{name} {code}: {said:?}"
            );
        }
    }

    #[test]
    fn the_file_is_a_sound_configuration_whatever_the_names() {
        for (name, titles, selects, region) in [
            ("法治政府建设", &["青石镇2022年度法治政府建设工作报告"][..], true, Some("430281")),
            ("“法治” \"政府\" \\ 'x' # = [", &["公告"], false, None),
        ] {
            let mut column = column(name, titles);
            column.site_info.site_code = Some("4302810001".to_owned());
            column.site_info.site = region.map(|_| "醴陵市人民政府".to_owned());
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("sources/yunxi.toml");
            let text = text(&column, &Wanted::rule_of_law(), Date::constant(2026, 3, 1));
            crate::write::atomic::replace(&path, text.as_bytes()).unwrap();
            let config = Config::load(Some(folder.path()), &[]).unwrap();
            let source = &config.sources[0];
            assert!(source.name.ends_with(name), "{text}");
            assert_eq!(source.region.as_deref(), region, "{text}");
            assert_eq!(source.start, [column.start.clone()]);
            assert_eq!(source.select.title_matches.is_some(), selects, "{text}");
            assert!(text.starts_with("# Written by `gongwen sources add` on 2026-03-01: unknown family, 1 items read"));
        }
    }
}

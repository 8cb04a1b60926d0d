//! The day that a portal puts into the address of a page.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

/// The day in the path of an address: `/t20230228_12.html`, `/art/2023/2/28/art_1_2.html`, `/2023-02/28/c_1.htm`,
/// `/20230228/`, `/2023/0228/c1a2/page.htm`.
pub fn address_day(path: &str) -> Option<Date> {
    static DAY: LazyLock<Regex> = LazyLock::new(|| {
        let apart = r"[-/_](\d{1,2})[-/_](\d{1,2})(?:[^0-9]|$)";
        // /2023/0228/c1a2/page.htm and /202302/28/1.html: folders of two or four figures.
        let folders = r"/(\d{2})(\d{2})/|(\d{2})/(\d{2})/";
        let pattern = format!(r"(?:^|[^0-9])(20\d{{2}})(?:(\d{{2}})(\d{{2}})(?:[^0-9]|$)|{apart}|{folders})");
        Regex::new(&pattern).expect("a constant pattern")
    });
    DAY.captures_iter(path).find_map(|found| {
        let part = |n| found.get(n).and_then(|part| part.as_str().parse::<i8>().ok());
        let year = found.get(1)?.as_str().parse().ok()?;
        let either = |first: usize| (first..10).step_by(2).find_map(part);
        Date::new(year, either(2)?, either(3)?).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_in_a_path_is_read() {
        for (path, day) in [
            ("/c1/202302/t20230228_12.html", Some("2023-02-28")),
            ("/art/2023/2/28/art_1_2.html", Some("2023-02-28")),
            ("/2023-02/28/c_1.htm", Some("2023-02-28")),
            ("/202302/t20230228_3711744.html", Some("2023-02-28")),
            ("/art/2023/2/28/art_1229346873_59025931.html", Some("2023-02-28")),
            ("/2023-02/28/c_1129400000.htm", Some("2023-02-28")),
            ("/c21705/20230228/i2011430.html", Some("2023-02-28")),
            ("/New/Detail/20230228175237159", None),
            ("/content/post_20230228.html", Some("2023-02-28")),
            ("/2023/0228/c123a4567/page.htm", Some("2023-02-28")),
            ("/zwgk/202302/28/12.html", Some("2023-02-28")),
            ("/zwgk/2023_02_28/12.html", Some("2023-02-28")),
            ("/2023/1345/c123a4567/page.htm", None),
            ("/2023/0228.html", None),
            ("/202302/7467b23e.shtml", None),
            ("/20231328/a.html", None),
            ("/c1/20231345/i1.html", None),
            ("/c1/post_202302281.html", None),
        ] {
            assert_eq!(address_day(path).map(|day| day.to_string()).as_deref(), day, "{path}");
        }
    }
}

//! The page behind two that follow one another, by the number in which their addresses differ.

use url::Url;

/// The address that comes next where two addresses differ in one number only, which goes up or down by one.
///
/// Pagers drawn by a script do not always tell whether the system counts its pages from 0 or from 1, so that the last
/// page may be missed; who knows that there is one more may ask for it.
pub fn step(before: &Url, after: &Url) -> Option<Url> {
    let (one, two) = (before.as_str(), after.as_str());
    let alike = |(a, b): &(char, char)| a == b;
    let n_front: usize = one.chars().zip(two.chars()).take_while(alike).map(|(c, _)| c.len_utf8()).sum();
    // A digit that both numbers begin with belongs to them: 19 and 20 differ from their first digit on, 18 and 19 not.
    let front = two.get(..n_front)?.trim_end_matches(|c: char| c.is_ascii_digit());
    let unnumbered = two.get(front.len()..)?.strip_prefix('_').and_then(|_| two.get(..=front.len()));
    let front = unnumbered.unwrap_or(front);
    let number = |text: &str| -> Option<(u64, usize)> {
        let digits: String = text.get(front.len()..)?.chars().take_while(char::is_ascii_digit).collect();
        Some((digits.parse().ok()?, digits.len()))
    };
    let (second, n_second) = number(two)?;
    let rest = two.get(front.len() + n_second..)?;
    // The first page has no number: `index.html`, then `index_1.html` or `index_2.html`.
    if front.strip_suffix('_').is_some_and(|name| one.strip_prefix(name) == Some(rest)) {
        return Url::parse(&format!("{front}{}{rest}", second + 1)).ok();
    }
    let (first, n_first) = number(one)?;
    if one.get(front.len() + n_first..)? != rest {
        return None;
    }
    let next = if second == first + 1 { second + 1 } else { second.checked_sub(1).filter(|_| first == second + 1)? };
    (next > 0).then(|| Url::parse(&format!("{front}{next}{rest}")).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_steps_goes_on_stepping() {
        for (before, after, expect) in [
            ("/c/index_1.html", "/c/index_2.html", "/c/index_3.html"),
            ("/c/index_18.html", "/c/index_19.html", "/c/index_20.html"),
            ("/c/index_9.html", "/c/index_10.html", "/c/index_11.html"),
            ("/c12/list/8.htm", "/c12/list/7.htm", "/c12/list/6.htm"),
            ("/c/2.htm", "/c/1.htm", ""),
            ("/list?page=2&id=3", "/list?page=3&id=3", "/list?page=4&id=3"),
            ("/c/index.html", "/c/index_2.html", "/c/index_3.html"),
            ("/c/index.html", "/c/other_2.html", ""),
            ("/c/index_1.html", "/c/index_3.html", ""),
            ("/c1/index_1.html", "/c2/index_2.html", ""),
            ("/c/index_1.html", "/c/index_1.html", ""),
        ] {
            let url = |path: &str| Url::parse("http://www.example.gov.cn").unwrap().join(path).unwrap();
            let next = step(&url(before), &url(after));
            let next = next.map_or_else(String::new, |url| url.as_str().replace("http://www.example.gov.cn", ""));
            assert_eq!(next, expect, "{before} {after}");
        }
    }
}

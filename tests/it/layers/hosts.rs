//! Hosts that rules must not name: a rule is about a portal family, a standard or a form of language.

use std::collections::BTreeSet;
use std::path::Path;

use super::{File, rules, tokens};

/// The hosts of the pages that the rules are measured on; none where that folder is missing.
pub(super) fn corpus() -> BTreeSet<String> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let lists = ["pages_urls.tsv", "lists_urls.tsv"].map(|name| std::fs::read_to_string(corpus.join(name)));
    let urls = lists.iter().flatten().flat_map(|list| list.lines().filter_map(|line| line.split('\t').nth(1)));
    urls.filter_map(|url| Some(url::Url::parse(url).ok()?.host_str()?.to_owned())).collect()
}

/// The hosts below `gov.cn`, or of the corpus, that stand in a string of a Rust file or anywhere in another file.
///
/// Comments and tests may name a host; `example.gov.cn` is nobody.
pub(super) fn named(file: &File, known: &BTreeSet<String>) -> Vec<String> {
    let strings: Vec<(usize, String)> = if Path::new(&file.path).extension().is_some_and(|ending| ending == "rs") {
        let (_, literals) = tokens::read(&file.text, &rules::module(&file.path));
        literals.into_iter().filter(|literal| !literal.in_test).map(|literal| (literal.line, literal.text)).collect()
    } else {
        let code = file.text.lines().map(|line| line.split('#').next().unwrap_or(line).to_owned());
        code.enumerate().map(|(n, line)| (n + 1, line)).collect()
    };
    let mut complaints = Vec::new();
    for (line, text) in strings {
        for host in hosts(&text).filter(|host| known.contains(host) || is_government(host)) {
            complaints.push(format!("{}:{line}: a rule names the host `{host}`", file.path));
        }
    }
    complaints
}

/// What may be a host name in a text, `\.` of a pattern read as a dot.
fn hosts(text: &str) -> impl Iterator<Item = String> {
    let plain = text.replace("\\\\.", ".").replace("\\.", ".").to_lowercase();
    let words = plain.split(|c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '-')).map(str::to_owned);
    words
        .map(|word| word.trim_matches('.').to_owned())
        .filter(|word| word.contains('.'))
        .collect::<Vec<_>>()
        .into_iter()
}

fn is_government(host: &str) -> bool {
    host.ends_with(".gov.cn") && host != "example.gov.cn" && !host.ends_with(".example.gov.cn")
}

#[test]
fn a_rule_that_names_a_host_is_found() {
    let known = BTreeSet::from(["www.somewhere.cn".to_owned()]);
    for (path, text, fine) in [
        ("src/extract/mod.rs", "const A: &str = \"www.qingshi.gov.cn\";", false),
        ("src/extract/mod.rs", "const A: &str = r\"^https?://www\\.qingshi\\.gov\\.cn/\";", false),
        ("src/extract/mod.rs", "const A: &str = \"http://www.somewhere.cn/a.html\";", false),
        ("src/extract/mod.rs", "const A: &str = \"http://www.example.gov.cn/a.html\";", true),
        ("src/extract/mod.rs", "// seen on www.qingshi.gov.cn\nconst A: &str = \".gov.cn\";", true),
        ("src/extract/mod.rs", "#[cfg(test)] mod tests { const A: &str = \"www.qingshi.gov.cn\"; }", true),
        ("config/profiles/trs.toml", "host = \"www.qingshi.gov.cn\"", false),
        ("config/profiles/trs.toml", "body = \".TRS_Editor\" # www.qingshi.gov.cn", true),
    ] {
        assert_eq!(named(&File::sample(path, text), &known).is_empty(), fine, "{path}: {text}");
    }
}

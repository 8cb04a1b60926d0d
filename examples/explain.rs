use gongwen::config::*;
use gongwen::extract::*;
use gongwen::model::*;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let b = std::fs::read(&a[1]).unwrap();
    let p = decode(
        &b,
        None,
        if a[1].ends_with("txt") { PageFormat::Plain } else { PageFormat::Html },
        a.get(3).and_then(|u| url::Url::parse(u).ok()).as_ref(),
    )
    .unwrap();
    let ps = Profiles::builtin();
    let c = match a.get(2).map(|s| s.as_str()) {
        Some("none") => ProfileChoice::None,
        _ => ProfileChoice::Auto,
    };
    let ar = ArticleRules::default();
    let r = Rules { profiles: &ps, choice: &c, article: &ar };
    println!("{}", explain(&p, r));
    if let Ok(d) = extract(&p, r) {
        println!(
            "{:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
            d.title_lines,
            d.published_at,
            d.publisher,
            d.author,
            d.document_number,
            d.index_number,
            d.breadcrumb,
            d.warnings
        );
        if a.len() > 4 || true {
            println!("{}", d.text())
        }
    }
}

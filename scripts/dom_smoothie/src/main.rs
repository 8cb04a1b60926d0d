//! Writes beside each page its text as dom_smoothie reads it.
use dom_smoothie::{Config, Readability, TextMode};

fn main() {
    for path in std::env::args().skip(1) {
        let Ok(html) = std::fs::read_to_string(&path) else { continue };
        let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
        let read = Readability::new(html, None, Some(config)).and_then(|mut page| page.parse());
        let text = read.map(|article| article.text_content.to_string()).unwrap_or_default();
        std::fs::write(format!("{path}.txt"), text).expect("the folder can be written");
    }
}

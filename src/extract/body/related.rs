//! What stands beside an article: lists of other pages, each a link with its summary, and comments.

use crate::page::{Id as _, LineId, Span, View, line_class};

/// Fewest links of a list, and most lines of what a link leads to: a summary and a day.
const LIST: (usize, usize) = (2, 2);

/// Mostly a link.
pub(super) fn is_link(view: &View, n: LineId) -> bool {
    let line = &view.lines()[n];
    line.links * 10 >= line.chars * 6
}

/// Mostly a link, and not to a file.
pub(super) fn is_link_to_page(view: &View, n: LineId) -> bool {
    is_link(view, n) && !line_class::is_file_name(view.lines().text(n)) && !view.links_to_file(n)
}

/// Whether some lines are links to pages, each with its summary, and nothing else.
pub(super) fn lists_pages(view: &View, span: Span<LineId>) -> bool {
    let items: Vec<LineId> = span.iter().filter(|&n| is_link_to_page(view, n)).collect();
    let ends = items.iter().skip(1).copied().chain([span.end]);
    items.len() >= LIST.0
        && items.first() == Some(&span.start)
        && items.iter().zip(ends).all(|(&item, end)| end - item <= LIST.1 + 1)
}

/// The first of some items that a box ends with: links to pages, each with its summary or its day.
pub(super) fn items_at_end(view: &View, span: Span<LineId>) -> Option<LineId> {
    /// Fewest items, and most lines of one.
    const ITEMS: (usize, usize) = (3, 3);
    let lines = view.lines();
    let (mut first, mut end, mut items, mut summaries) = (None, span.end, 0, 0);
    for n in span.iter().rev() {
        let own = (n + 1).to(end);
        if is_link_to_page(view, n) {
            if own.len() == 0 || own.len() >= ITEMS.1 {
                break;
            }
            summaries += usize::from(own.iter().any(|n| lines[n].is_sentence));
            (first, end, items) = (Some(n), n, items + 1);
        } else if end - n >= ITEMS.1 || lines[n].links * 2 > lines[n].chars {
            break;
        }
    }
    first.filter(|_| items >= ITEMS.0 && summaries * 2 >= items)
}

/// The box of other pages or of comments that the line heads: the smallest element that begins with it and holds more.
pub(super) fn headed_box(view: &View, head: LineId) -> Option<Span<LineId>> {
    /// Most characters of such a head.
    const LONGEST: usize = 20;
    let (line, text) = (view.lines().get(head)?, view.lines().text(head));
    if line.chars > LONGEST {
        return None;
    }
    let comments = line_class::heads_comments(text);
    if !comments && !line_class::is_related_head(text) {
        return None;
    }
    // Readers speak below an article; a button for it may stand above.
    let said = |n: LineId| view.lines()[n].is_sentence && view.lines()[n].links == 0;
    if comments && !view.lines().all().start.to(head).iter().any(said) {
        return None;
    }
    let around = view.tree.upwards(line.block).map(|at| view.lines_in(at));
    let own = around.take_while(|span| span.start == head).find(|span| span.len() > 1)?;
    (comments || lists_pages(view, (head + 1).to(own.end))).then_some(own)
}

/// 现将名单公布如下: it speaks of what stands below.
pub(in crate::extract) fn points_below(text: &str) -> bool {
    ["如下", "下列", "以下"].iter().any(|way| text.contains(way))
}

//! Totals that a pager shows in other words than 共N页, and forms that are no pager.

use super::{plain_list, read};

/// Path of the next page and number of pages of a list at `/c1/list_6.html` with this behind it.
fn paging(behind: &str) -> (Option<String>, Option<u32>) {
    let listing = read("/c1/list_6.html", &format!("{}{behind}", plain_list()));
    assert_eq!(listing.targets.len(), 6, "{behind}");
    (listing.next.map(|url| url.path().to_owned()), listing.pages)
}

const STEPS: &str = "<a href='list_5.html'>上一页</a> <a href='list_7.html'>下一页</a>";

#[test]
fn a_share_beside_the_steps_of_a_pager_is_the_number_of_pages() {
    for (pager, pages) in [
        (format!("<div>{STEPS} 6/12</div>"), Some(12)),
        (format!("<div>6 / 12 {STEPS}</div>"), Some(12)),
        (format!("<div><b>6</b>/12 {STEPS}</div>"), Some(12)),
        (
            format!("<ul><li>{}</li><li>6/12</li></ul>", STEPS.replace(' ', "</li><li>").replace("<a</li><li>", "<a ")),
            Some(12),
        ),
        (format!("<p>Page 6 of 12</p><p>{STEPS}</p>"), Some(12)),
        (format!("<div>{STEPS} 第6页/共12页</div>"), Some(12)),
        (format!("<div>{STEPS} 13/12</div>"), None),
        (format!("<div>{STEPS} 2023/03/12</div>"), None),
        (format!("<div>{STEPS} 03/20</div>"), None),
        (format!("<div>{STEPS}</div><p>3/20 开放日 4/21 开放日</p>"), None),
    ] {
        assert_eq!(paging(&pager), (Some("/c1/list_7.html".to_owned()), pages), "{pager}");
    }
}

#[test]
fn a_choice_of_pages_is_a_pager_and_one_of_sites_is_none() {
    let options = |label: fn(usize) -> String| {
        let option = |n: usize| {
            let file = if n == 1 { "list.html".to_owned() } else { format!("list_{n}.html") };
            format!("<option value='{file}'>{}</option>", label(n))
        };
        format!("<select onchange='location.href=this.value'>{}</select>", (1..=8).map(option).collect::<String>())
    };
    for label in [|n| format!("第{n}页"), |n| format!("{n}"), |n| format!("{n}/8"), |n| format!(" 第 {n} 页 ")] {
        let (next, pages) = paging(&options(label));
        assert_eq!((next.as_deref(), pages), (Some("/c1/list_7.html"), Some(8)), "{}", label(2));
    }
    for sites in [
        "<select><option>友情链接</option><option value='http://www.a.example/'>望溪市人民政府</option></select>",
        "<select><option value='/2022/'>2022年</option><option value='/2023/'>2023年</option></select>",
    ] {
        assert_eq!(paging(sites), (None, None), "{sites}");
    }
}

#[test]
fn a_search_box_is_no_list() {
    for (markup, is_list) in [
        (
            "<form action='/was5/web/search'><input name='searchword'><input type='hidden' name='channelid'></form>",
            false,
        ),
        ("<script>location.href='/was5/web/search?channelid=1&searchword='+k</script>", false),
        ("<script>location.href=\"/igs/front/search/list.html?siteId=3&q=\"+encodeURIComponent(k)</script>", false),
        ("<script>$.get('/was5/web/search?channelid=1&page=' + n, show)</script>", true),
        ("<script>$.get('/igs/front/search/list.html?index=zc&pageNumber=1&pageSize=15', show)</script>", true),
        (
            "<form action='/was5/web/search'><input name='searchword'></form>\
             <script>$.get('/was5/web/search?channelid=1&page=', show)</script>",
            true,
        ),
    ] {
        assert_eq!(read("/c1/", markup).next.is_some(), is_list, "{markup}");
    }
}

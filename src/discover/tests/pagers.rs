//! Pagers in the forms that portals write.

use super::{assert_all_rows, plain_list, read};

/// Path of the page, its pager; the path of the next page, the number of pages and of items.
type Pages = (&'static str, &'static str, Option<&'static str>, Option<u32>, Option<u32>);

/// Next page and number of pages of a list with this pager, read at this path.
fn paging(path: &str, pager: &str) -> (Option<String>, Option<u32>, Option<u32>) {
    let listing = read(path, &format!("{}{pager}", plain_list()));
    assert_all_rows(&listing, pager);
    let next = listing.next.map(|url| url.as_str().replace("http://www.example.gov.cn", ""));
    (next, listing.pages, listing.items)
}

const DRAWN: &[Pages] = &[
    ("/c1/", "<script>createPageHTML(6, 0, \"index\", \"html\")</script>", Some("/c1/index_1.html"), Some(6), None),
    ("/c1/index.html", "<!-- createPageHTML(6,0,'index','html'); -->", Some("/c1/index_1.html"), Some(6), None),
    (
        "/c1/index_4.html",
        "<script>createPageHTML(6, 4, \"index\", \"html\")</script>",
        Some("/c1/index_5.html"),
        Some(6),
        None,
    ),
    ("/c1/index_5.html", "<script>createPageHTML(6, 5, \"index\", \"html\")</script>", None, Some(6), None),
    (
        "/c1/index_2.html",
        "<script>createPageHTML(6, 0, \"index\", \"html\")</script>",
        Some("/c1/index_3.html"),
        Some(6),
        None,
    ),
    ("/c1/", "<script>createPageHTML(1, 0, \"index\", \"html\")</script>", None, Some(1), None),
    ("/c1/", "<script>createPageHTML(0, 0, \"index\", \"html\")</script>", None, Some(1), None),
    ("/c1/", "<script>createPageHTML(6, 1, \"index\", \"html\")</script>", Some("/c1/index_2.html"), Some(6), None),
    (
        "/c1/list.shtml",
        "<script>createPageHTML('page_div',3, 1,'list','shtml',17);</script>",
        Some("/c1/list_2.shtml"),
        Some(3),
        Some(17),
    ),
    (
        "/c1/list_2.shtml",
        "<script>createPageHTML('page_div',3, 2,'list','shtml',17);</script>",
        Some("/c1/list_3.shtml"),
        Some(3),
        Some(17),
    ),
    (
        "/c1/list_3.shtml",
        "<script>createPageHTML('page_div',3, 3,'list','shtml',17);</script>",
        None,
        Some(3),
        Some(17),
    ),
    ("/c1/", "<script>createPageHTML(3, 0, \"index\", \"html\", 6)</script>", Some("/c1/index_1.html"), Some(3), None),
    ("/c1/", "<script>showPager(3,0,'index','.html')</script>", Some("/c1/index_1.html"), Some(3), None),
    (
        "/c1/",
        "<script>Pager({size:3, current:0, prefix:'index',suffix:'html'});</script>",
        Some("/c1/index_1.html"),
        Some(3),
        None,
    ),
    (
        "/c1/",
        "<script>var countPage = 4//共多少页\nvar currentPage = 0;for(i=0;i<countPage;i++){document.write('<a href=\"default_' + i + '.htm\">')}</script>",
        Some("/c1/default_1.htm"),
        Some(4),
        None,
    ),
    (
        "/c1/default_3.htm",
        "<script>var countPage = 4;var currentPage = 3;'default_'+i+'.htm'</script>",
        None,
        Some(4),
        None,
    ),
];

#[test]
fn a_script_that_draws_the_pager_tells_the_next_page() {
    for &(path, pager, next, pages, items) in DRAWN {
        assert_eq!(paging(path, pager), (next.map(str::to_owned), pages, items), "{path} {pager}");
    }
    // A function that is only defined draws nothing.
    let defined = "<script>function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt){}</script>";
    assert_eq!(paging("/c1/", defined), (None, None, None));
}

const LINKED: &[Pages] = &[
    (
        "/c1/",
        "<a href=\"index_2.html\">下一页</a><a href=\"index_9.html\">尾页</a>",
        Some("/c1/index_2.html"),
        Some(9),
        None,
    ),
    (
        "/c1/",
        "<a href=\"index_1.html\">下一页</a><a href=\"index_8.html\">末页</a>",
        Some("/c1/index_1.html"),
        Some(9),
        None,
    ),
    ("/c1/", "<a href=\"?page=2\">下页</a> 共 31 条记录 1/2 页", Some("/c1/?page=2"), Some(2), Some(31)),
    ("/c1/", "<link rel=\"next\" href=\"p2.html\"><p>第1页/共5页</p>", Some("/c1/p2.html"), Some(5), None),
    (
        "/c1/",
        "<a href=\"#\" onclick=\"location.href=encodeURI('index_2.jhtml');\">下一页</a>共2页",
        Some("/c1/index_2.jhtml"),
        Some(2),
        None,
    ),
    (
        "/c1/",
        "<a href=\"javascript:void(0)\">下一页</a><a>1</a><a href=\"2.html\">2</a><a href=\"3.html\">3</a>",
        Some("/c1/2.html"),
        Some(3),
        None,
    ),
    (
        "/c1/6.html",
        "<div><a href=\"5.html\">5</a><span>6</span><a href=\"7.html\">7</a></div><div><a href=\"40.html\">&gt;&gt;</a></div>",
        Some("/c1/7.html"),
        Some(40),
        None,
    ),
    ("/c1/3.html", "<div><a href=\"1.html\">1</a><a href=\"2.html\">2</a><b>3</b></div>", None, None, None),
    (
        "/fzzfjs.htm",
        "共265条&nbsp;1/27&nbsp;<span>上页</span><a href=\"fzzfjs/26.htm\" class=\"Next\">下页</a><a href=\"fzzfjs/1.htm\">尾页</a>",
        Some("/fzzfjs/26.htm"),
        Some(27),
        Some(265),
    ),
    (
        "/fzzf.htm",
        "<span>1</span><span><a href=\"fzzf/8.htm\">2</a></span><span><a href=\"fzzf/7.htm\">3</a></span><i>...</i>\
         <span><a href=\"fzzf/1.htm\">9</a></span><span><a href=\"fzzf/8.htm\">下页</a></span><span><a href=\"fzzf/1.htm\">尾页</a></span>",
        Some("/fzzf/8.htm"),
        Some(9),
        None,
    ),
    (
        "/c1/",
        "<a href=\"index_1.html\"><img src=\"n.gif\" alt=\"下一页\"></a>共3页",
        Some("/c1/index_1.html"),
        Some(3),
        None,
    ),
    (
        "/c1/",
        "<a class=\"prev\"></a><a class=\"next\" href=\"index_1.html\"><i></i></a>",
        Some("/c1/index_1.html"),
        None,
        None,
    ),
    (
        "/c1/",
        "<select onchange=\"go(this.value)\"><option value=\"index.html\" selected>1</option><option value=\"index_1.html\">2</option>\
         <option value=\"index_2.html\">3</option></select>",
        Some("/c1/index_1.html"),
        Some(3),
        None,
    ),
    ("/c1/", "<a href=\"p2.html\">下一页</a>共 180 条 分 12 页显示", Some("/c1/p2.html"), Some(12), Some(180)),
    (
        "/c1/9.html",
        "<ul><li><a>&laquo;</a></li><li><a>1</a></li><li><a href=\"9_2.html\">2</a></li><li><a href=\"9_3.html\">3</a></li>\
         <li><a href=\"9_2.html\">&raquo;</a></li></ul>",
        Some("/c1/9_2.html"),
        Some(3),
        None,
    ),
    ("/c1/", "<a href=\"p2.html\">下一页</a>页数：1/12", Some("/c1/p2.html"), Some(12), None),
    ("/c1/", "<a href=\"p2.html\">下一页</a>共180条记录，12页", Some("/c1/p2.html"), Some(12), Some(180)),
    (
        "/c1/?page=1",
        "<script>laypage.render({elem: 'p', pages: 7, curr: 1})</script>",
        Some("/c1/?page=2"),
        Some(7),
        None,
    ),
    ("/c1/9.html", "<a href=\"8.html\">上一页</a><a href=\"9.html\">下一页</a>", None, None, None),
    ("/c1/", "<a class=\"disabled\">下一页</a>", None, None, None),
];

#[test]
fn a_pager_made_of_links_tells_the_next_page() {
    for &(path, pager, next, pages, items) in LINKED {
        assert_eq!(paging(path, pager), (next.map(str::to_owned), pages, items), "{path} {pager}");
    }
}

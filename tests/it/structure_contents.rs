//! Contents lists without the word 目录, and lists that only look like one.

use gongwen::model::{Block, Document, Outline, Role};
use gongwen::structure;

fn outline(lines: &str) -> Outline {
    let blocks = lines.split('/').map(Block::paragraph).collect();
    structure(&Document { blocks, title: Some("青石县规划".to_owned()), ..Document::default() })
}

/// How many contents lists, and sections, there are.
fn count(outline: &Outline) -> (usize, usize) {
    let of = |role: Role| outline.sections.iter().filter(|row| row.role == role).count();
    (of(Role::Toc), of(Role::Section))
}

#[test]
fn lines_that_the_text_says_again_are_its_contents() {
    for lines in [
        "第一章 总则/第二章 规划/第三章 附则/第一章 总则/第一条 为了绿化，制定本条例。/第二章 规划/第二条 编制规划。/第三章 附则/第三条 施行。",
        "第一章 总 则/第二章 规划/第三章 附 则/第一章　总则/第一条 为了绿化，制定本条例。/第二章　规划/第二条 编制规划。/第三章　附则/第三条 施行。",
        "第一章 基础/第一节 成就/第二章 任务/第二节 民生/第一章 基础/第一节 成就/经济平稳。/第二章 任务/第二节 民生/办好实事。/1.道路。/2.供水。",
        "一、回顾/二、任务/三、保障/各位代表：/现在报告工作。/一、回顾/（一）经济/平稳。/（二）民生/改善。/二、任务/抓好六项。/三、保障/依法行政。/1.学习。",
        "一、基础....1/二、任务....5/三、保障....9/一、基础/（一）经济/平稳。/（二）民生/改善。/二、任务/抓好六项。/三、保障/依法行政。/1.学习。",
        "1 总则/2 指挥体系/3 附则/1 总则/1.1 目的/做好应急。/2 指挥体系/2.1 机构/设立指挥部。/3 附则/3.1 解释/由县局解释。",
    ] {
        assert_eq!(count(&outline(lines)), (1, 6), "{lines}");
    }
    // Of an attached document likewise.
    let lines = "现将《青石县办法》印发给你们。/青石县政府办/2023年5月1日/青石县办法/第一章 总则/第二章 规划/第三章 附则\
                 /第一章 总则/第一条 为了绿化。/第二章 规划/第二条 编制规划。/第三章 附则/第三条 施行。";
    assert_eq!(count(&outline(lines)), (1, 6));
}

#[test]
fn lists_that_say_the_same_are_no_contents() {
    for (lines, sections) in [
        // Papers of two matters.
        ("一、登记/1.申请表/2.身份证/3.户口本/办理时交验。/二、注销/1.申请表/2.身份证/3.户口本/办理时交验。", 8),
        ("一、登记材料/新办/1.申请表/2.身份证/3.户口本/注销/1.申请表/2.身份证/3.户口本/办理时交验。", 7),
        // Headings without a text, once.
        ("一、基础/二、任务/三、保障/落实经费。", 3),
        // A list that a sentence announces.
        (
            "主要有三项：/1.加强领导/2.健全制度/3.严格考核/以下分述。/1.加强领导/成立专班。/2.健全制度/修订制度。/3.严格考核/通报考核。",
            6,
        ),
        // One entry is not said again.
        ("一、基础/二、任务/三、保障/一、基础/平稳。/二、任务/六项。/三、附则/无。", 6),
    ] {
        assert_eq!(count(&outline(lines)), (0, sections), "{lines}");
    }
}

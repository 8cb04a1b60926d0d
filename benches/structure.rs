//! How long structuring takes: a report of 5,000 characters, and how time grows with the text.
//!
//! `cargo bench --bench structure`

use divan::counter::CharsCount;
use gongwen::model::{Block, Document};

fn main() {
    divan::main();
}

/// A report of about so many characters: chapters with headed paragraphs and inline items, and a closing part.
fn report(characters: usize) -> Document {
    let mut lines = vec!["2022年，我镇扎实推进依法行政。现将有关情况报告如下：".to_owned()];
    let mut written = 0;
    let mut number = 0;
    while written < characters {
        let cn = |n: usize| "一二三四五六七八九".chars().nth(n % 9).unwrap_or('一');
        if number % 9 == 0 {
            lines.push(format!("{}、推进法治政府建设的主要举措和成效", cn(number / 9)));
        }
        let body = "一是完善公开制度。设立意见收集信箱，配备专职人员负责信息公开和意见收集。二是丰富公开方式。充分利用政务网站、公开栏、\
                    微信群等多种渠道主动公开政府信息，增强信息公开的知晓度。三是提高公开质量。完善考核、年度报告、保密审查等制度，坚持“先审查、\
                    后公开”原则。全年召开专题会议4次，研究解决问题12个，群众满意度持续提高。";
        let line = format!("（{}）加强政务公开和政府信息公开。{body}", cn(number));
        written += line.chars().count();
        lines.push(line);
        number += 1;
    }
    lines.extend(
        ["青石镇人民政府", "2023年2月28日", "抄送：县委依法治县办。", "青石镇人民政府办公室　2023年2月28日印发"]
            .map(str::to_owned),
    );
    let title = Some("青石镇人民政府关于2022年度法治政府建设工作的报告".to_owned());
    Document { title, blocks: lines.iter().map(Block::paragraph).collect(), ..Document::default() }
}

#[divan::bench(args = [5_000, 50_000, 500_000, 1_700_000])]
fn structure(bencher: divan::Bencher, characters: usize) {
    let document = report(characters);
    let text = document.text();
    bencher.counter(CharsCount::of_str(&text)).bench(|| gongwen::structure(divan::black_box(&document)));
}

/// Nothing but short numbered lines: the most that there is to decide for so many characters.
#[divan::bench(args = [5_000, 50_000])]
fn dense_numbers(bencher: divan::Bencher, characters: usize) {
    let lines: Vec<String> =
        (0..characters / 12).map(|n| format!("{}.需要提供的材料{}；", n % 20 + 1, n % 7)).collect();
    let document = Document { blocks: lines.iter().map(Block::paragraph).collect(), ..Document::default() };
    let text = document.text();
    bencher.counter(CharsCount::of_str(&text)).bench(|| gongwen::structure(divan::black_box(&document)));
}

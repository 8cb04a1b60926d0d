//! The words of the form: by which words each of its rows and columns is known.

use crate::model::{FoiColumn, FoiRow, FoiTable};
use crate::text::{fold_char, is_blank};

/// The kinds of applicants and their total, in the order of the form.
pub(super) const APPLICANTS: [FoiColumn; 7] = [
    FoiColumn::NaturalPerson,
    FoiColumn::Company,
    FoiColumn::ResearchInstitution,
    FoiColumn::Charity,
    FoiColumn::LegalService,
    FoiColumn::OtherOrganisation,
    FoiColumn::Total,
];

/// The results of a review or a suit and their total, in the order of the form.
pub(super) const RESULTS: [FoiColumn; 5] =
    [FoiColumn::Upheld, FoiColumn::Corrected, FoiColumn::OtherResult, FoiColumn::Pending, FoiColumn::Total];

/// The procedures of the last table, in the order of the form.
pub(super) const PROCEDURES: [FoiRow; 3] = [FoiRow::Review, FoiRow::LitigationDirect, FoiRow::LitigationAfterReview];

/// The words of the rows for applications, in the order of the form; what two rows share stands behind the longer one.
const REQUESTS: [(&str, FoiRow); 33] = [
    ("本年新收政府信息公开申请", FoiRow::Received),
    ("上年结转政府信息公开申请", FoiRow::CarriedIn),
    ("上年度结转", FoiRow::CarriedIn),
    ("予以公开", FoiRow::Granted),
    ("部分公开", FoiRow::PartlyGranted),
    ("属于国家秘密", FoiRow::RefusedStateSecret),
    ("其他法律行政法规禁止公开", FoiRow::RefusedByLaw),
    ("其他法律、行政法规禁止公开", FoiRow::RefusedByLaw),
    ("三安全一稳定", FoiRow::RefusedSafety),
    ("保护第三方合法权益", FoiRow::RefusedThirdParty),
    ("三类内部事务信息", FoiRow::RefusedInternal),
    ("四类过程性信息", FoiRow::RefusedProcess),
    ("属于行政执法案卷", FoiRow::RefusedCaseFile),
    ("属于行政查询事项", FoiRow::RefusedInquiry),
    ("本机关不掌握相关政府信息", FoiRow::UnavailableNotHeld),
    ("没有现成信息需要另行制作", FoiRow::UnavailableNotMade),
    ("补正后申请内容仍不明确", FoiRow::UnavailableUnclear),
    ("信访举报投诉类申请", FoiRow::UnprocessedComplaint),
    ("重复申请", FoiRow::UnprocessedRepeated),
    ("要求提供公开出版物", FoiRow::UnprocessedPublication),
    ("无正当理由大量反复申请", FoiRow::UnprocessedExcessive),
    ("要求行政机关确认或重新出具已获取信息", FoiRow::UnprocessedConfirmation),
    ("确认或重新出具", FoiRow::UnprocessedConfirmation),
    ("申请人无正当理由逾期不补正", FoiRow::OtherNotCorrected),
    ("逾期不补正", FoiRow::OtherNotCorrected),
    ("未按收费通知要求缴纳费用", FoiRow::OtherUnpaid),
    ("收费通知", FoiRow::OtherUnpaid),
    ("其他处理", FoiRow::OtherOutcome),
    ("总计", FoiRow::Concluded),
    ("结转下年度继续办理", FoiRow::CarriedOut),
    ("结转下年度", FoiRow::CarriedOut),
    ("3.其他", FoiRow::OtherRest),
    ("3、其他", FoiRow::OtherRest),
];

/// The words of the rows of what is published unasked; `规范性文件` stands before 规章, which it does not hold.
const PROACTIVE: [(&str, FoiRow); 9] = [
    ("行政规范性文件", FoiRow::NormativeDocuments),
    ("规范性文件", FoiRow::NormativeDocuments),
    ("规章", FoiRow::Rules),
    ("其他对外管理服务事项", FoiRow::OtherServices),
    ("行政许可", FoiRow::Licences),
    ("行政处罚", FoiRow::Penalties),
    ("行政强制", FoiRow::Coercion),
    ("行政事业性收费", FoiRow::Fees),
    ("政府集中采购", FoiRow::Procurement),
];

/// The words of the columns of what is published unasked.
const PROACTIVE_COLUMNS: [(&str, FoiColumn); 14] = [
    ("本年制发件数", FoiColumn::Issued),
    ("本年废止件数", FoiColumn::Repealed),
    ("现行有效件数", FoiColumn::InForce),
    ("本年新制作数量", FoiColumn::Made),
    ("本年新公开数量", FoiColumn::NewlyDisclosed),
    ("对外公开总数量", FoiColumn::DisclosedTotal),
    ("上一年项目数量", FoiColumn::ItemsBefore),
    ("上年项目数量", FoiColumn::ItemsBefore),
    ("本年增/减", FoiColumn::Change),
    ("本年处理决定数量", FoiColumn::Decisions),
    ("处理决定数量", FoiColumn::Decisions),
    ("本年收费金额", FoiColumn::FeeAmount),
    ("采购项目数量", FoiColumn::Purchases),
    ("采购总金额", FoiColumn::PurchaseAmount),
];

/// The words of the columns for applicants and for results.
const OTHER_COLUMNS: [(&str, FoiColumn); 11] = [
    ("自然人", FoiColumn::NaturalPerson),
    ("商业企业", FoiColumn::Company),
    ("科研机构", FoiColumn::ResearchInstitution),
    ("社会公益组织", FoiColumn::Charity),
    ("法律服务机构", FoiColumn::LegalService),
    ("其他结果", FoiColumn::OtherResult),
    ("结果维持", FoiColumn::Upheld),
    ("结果纠正", FoiColumn::Corrected),
    ("尚未审结", FoiColumn::Pending),
    ("总计", FoiColumn::Total),
    ("其他", FoiColumn::OtherOrganisation),
];

/// A text of the form without blanks and quotes.
pub(super) fn plain(text: &str) -> String {
    let folded = text.chars().map(fold_char).filter(|&c| !is_blank(c) && c != '\n');
    folded.filter(|c| !"“”\"‘’'".contains(*c)).collect()
}

/// Whether a text holds the form, whatever the document is called.
pub(super) fn is_form(text: &str) -> bool {
    ["结转下年度", "三类内部事务", "四类过程性信息"].iter().all(|words| text.contains(words))
}

/// The row for applications that a label names: the last one, since the heads of groups stand before it.
pub(super) fn request_row(label: &str) -> Option<FoiRow> {
    let label = plain(label);
    if label.ends_with("不予公开") || label.ends_with("不予处理") || label.ends_with("无法提供") {
        return None;
    }
    // 部分公开（区分处理的，只计这一情形，不计其他情形）: the remark names nothing.
    let bare = label.split("(区分").next().unwrap_or(&label);
    let found = REQUESTS.iter().filter_map(|(words, row)| Some((bare.rfind(words)? + words.len(), words.len(), *row)));
    let last = found.max_by_key(|(end, length, _)| (*end, *length)).map(|(.., row)| row);
    // 其他 alone is a row below 其他处理.
    let rest =
        matches!(bare, "其他" | "3其他" | "(3)其他") || bare.ends_with("处理3.其他") || bare.ends_with("处理3、其他");
    if rest { Some(FoiRow::OtherRest) } else { last }
}

/// The row of what is published unasked.
pub(super) fn proactive_row(label: &str) -> Option<FoiRow> {
    let label = plain(label);
    PROACTIVE.iter().find(|(words, _)| label == *words || label.ends_with(words)).map(|(_, row)| *row)
}

/// The column of what is published unasked.
pub(super) fn proactive_column(label: &str) -> Option<FoiColumn> {
    let label = plain(label);
    let bare = label.split('(').next().unwrap_or(&label);
    PROACTIVE_COLUMNS.iter().find(|(words, _)| bare == *words).map(|(_, column)| *column)
}

/// The column for applicants or for results.
pub(super) fn other_column(label: &str) -> Option<FoiColumn> {
    let label = plain(label);
    OTHER_COLUMNS.iter().find(|(words, _)| label == *words).map(|(_, column)| *column)
}

/// What opens a table in the text, and what ends it.
pub(super) fn bounds(table: FoiTable) -> (&'static [&'static str], &'static [&'static str]) {
    match table {
        FoiTable::Proactive => (&["信息内容"], &["收到和处理", "本年新收政府信息公开申请", "申请人情况"]),
        FoiTable::Requests => {
            (&["申请人情况", "勾稽关系", "本年新收政府信息公开申请"], &["被申请行政复议", "结果维持", "行政诉讼"])
        }
        FoiTable::ReviewLitigation => (&["结果维持"], &["存在的主要问题", "主要问题", "改进情况", "其他需要报告"]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_words_of_a_label_name_its_row() {
        for (label, row) in [
            ("一、本年新收政府信息公开申请数量", Some(FoiRow::Received)),
            ("三、本年度办理结果 （一）予以公开", Some(FoiRow::Granted)),
            ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", Some(FoiRow::PartlyGranted)),
            ("（三）不予公开", None),
            ("（三）不予公开 1.属于国家秘密", Some(FoiRow::RefusedStateSecret)),
            ("3.危及“三安全一稳定”", Some(FoiRow::RefusedSafety)),
            ("（六）其他处理", Some(FoiRow::OtherOutcome)),
            ("（六）其他处理 3.其他", Some(FoiRow::OtherRest)),
            ("3.其他", Some(FoiRow::OtherRest)),
            ("（七）总计", Some(FoiRow::Concluded)),
            ("四、结转下年度继续办理", Some(FoiRow::CarriedOut)),
            ("三、本年度办理结果", None),
            ("自然人", None),
        ] {
            assert_eq!(request_row(label), row, "{label}");
        }
    }
}

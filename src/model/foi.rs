//! The record type of the standard tables of a 信息公开年报 (国办公开办函〔2019〕60号, 国办公开办函〔2021〕30号).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The value of `schema` in a [`FoiRecord`].
pub const FOI_SCHEMA: &str = "foi/1";

/// One cell of a standard table of an annual report on government information: one line of `foi.jsonl`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FoiRecord {
    /// `foi/1`.
    pub schema: String,
    /// The report.
    pub doc_id: String,
    /// The year reported on.
    pub report_year: Option<i16>,
    /// Issuing body, under its one name.
    pub issuer: Option<String>,
    /// Which of the three tables.
    pub table: FoiTable,
    /// Row of the form; for `review_litigation` the procedure.
    pub row: FoiRow,
    /// Column of the form.
    pub column: FoiColumn,
    /// The number that is printed; null for an empty cell, never 0.
    pub value: Option<f64>,
    /// What is odd.
    pub flags: Vec<FoiFlag>,
}

/// A standard table of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FoiTable {
    /// 二、主动公开政府信息情况.
    Proactive,
    /// 三、收到和处理政府信息公开申请情况.
    Requests,
    /// 四、因政府信息公开工作被申请行政复议、提起行政诉讼情况.
    ReviewLitigation,
}

/// A row of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FoiRow {
    /// 规章.
    Rules,
    /// 行政规范性文件.
    NormativeDocuments,
    /// 行政许可.
    Licences,
    /// 其他对外管理服务事项 (form of 2019).
    OtherServices,
    /// 行政处罚.
    Penalties,
    /// 行政强制.
    Coercion,
    /// 行政事业性收费.
    Fees,
    /// 政府集中采购 (form of 2019).
    Procurement,
    /// 一、本年新收政府信息公开申请数量.
    Received,
    /// 二、上年结转政府信息公开申请数量.
    CarriedIn,
    /// 三（一）予以公开.
    Granted,
    /// 三（二）部分公开.
    PartlyGranted,
    /// 三（三）1.属于国家秘密.
    RefusedStateSecret,
    /// 三（三）2.其他法律行政法规禁止公开.
    RefusedByLaw,
    /// 三（三）3.危及“三安全一稳定”.
    RefusedSafety,
    /// 三（三）4.保护第三方合法权益.
    RefusedThirdParty,
    /// 三（三）5.属于三类内部事务信息.
    RefusedInternal,
    /// 三（三）6.属于四类过程性信息.
    RefusedProcess,
    /// 三（三）7.属于行政执法案卷.
    RefusedCaseFile,
    /// 三（三）8.属于行政查询事项.
    RefusedInquiry,
    /// 三（四）1.本机关不掌握相关政府信息.
    UnavailableNotHeld,
    /// 三（四）2.没有现成信息需要另行制作.
    UnavailableNotMade,
    /// 三（四）3.补正后申请内容仍不明确.
    UnavailableUnclear,
    /// 三（五）1.信访举报投诉类申请.
    UnprocessedComplaint,
    /// 三（五）2.重复申请.
    UnprocessedRepeated,
    /// 三（五）3.要求提供公开出版物.
    UnprocessedPublication,
    /// 三（五）4.无正当理由大量反复申请.
    UnprocessedExcessive,
    /// 三（五）5.要求行政机关确认或重新出具已获取信息.
    UnprocessedConfirmation,
    /// 三（六）其他处理, one row in the form of 2019.
    OtherOutcome,
    /// 三（六）1.申请人无正当理由逾期不补正.
    OtherNotCorrected,
    /// 三（六）2.申请人逾期未按收费通知要求缴纳费用.
    OtherUnpaid,
    /// 三（六）3.其他.
    OtherRest,
    /// 三（七）总计.
    Concluded,
    /// 四、结转下年度继续办理.
    CarriedOut,
    /// 行政复议.
    Review,
    /// 行政诉讼, 未经复议直接起诉.
    LitigationDirect,
    /// 行政诉讼, 复议后起诉.
    LitigationAfterReview,
}

/// A column of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FoiColumn {
    /// 本年制发件数.
    Issued,
    /// 本年废止件数.
    Repealed,
    /// 现行有效件数.
    InForce,
    /// 本年新制作数量 (form of 2019).
    Made,
    /// 本年新公开数量 (form of 2019).
    NewlyDisclosed,
    /// 对外公开总数量 (form of 2019).
    DisclosedTotal,
    /// 上一年项目数量 (form of 2019).
    ItemsBefore,
    /// 本年增/减 (form of 2019).
    Change,
    /// 处理决定数量, 本年处理决定数量.
    Decisions,
    /// 本年收费金额（单位：万元）.
    FeeAmount,
    /// 采购项目数量 (form of 2019).
    Purchases,
    /// 采购总金额 (form of 2019).
    PurchaseAmount,
    /// 自然人.
    NaturalPerson,
    /// 商业企业.
    Company,
    /// 科研机构.
    ResearchInstitution,
    /// 社会公益组织.
    Charity,
    /// 法律服务机构.
    LegalService,
    /// 法人或其他组织: 其他.
    OtherOrganisation,
    /// 总计.
    Total,
    /// 结果维持.
    Upheld,
    /// 结果纠正.
    Corrected,
    /// 其他结果.
    OtherResult,
    /// 尚未审结.
    Pending,
}

/// What is odd about a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FoiFlag {
    /// Something else than a number is printed.
    NotANumber,
    /// The table is torn into lines, and the numbers of its row are more or fewer than its columns.
    Unplaced,
    /// The total of a row is not the sum of its parts, an empty cell counted as none.
    RowSumDisagrees,
    /// 总计 is not the sum of the rows above it.
    ColumnSumDisagrees,
    /// 第一项加第二项之和 is not 第三项加第四项之和.
    BalanceDisagrees,
}

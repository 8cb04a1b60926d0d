//! Property modifiers ([MS-DOC] 2.2.5): codes with operands of a size that the code tells.

use super::bytes::{u8_at, u16_at};

/// `sprmCFRMarkDel`: deleted by a tracked change.
pub(super) const DELETED: u16 = 0x0800;
/// `sprmCFBold`.
pub(super) const BOLD: u16 = 0x0835;
/// `sprmCFVanish`: hidden.
pub(super) const HIDDEN: u16 = 0x083c;
/// `sprmCFSpec`: a character that stands for something else.
pub(super) const SPECIAL: u16 = 0x0855;
/// `sprmCIstd`: the style of a run.
pub(super) const RUN_STYLE: u16 = 0x4a30;
/// `sprmCRgFtc1`: the face of ideographs.
pub(super) const EAST_FACE: u16 = 0x4a50;
/// `sprmCSymbol`: a character of another font.
pub(super) const SYMBOL: u16 = 0x6a09;
/// `sprmPFInTable`.
pub(super) const IN_TABLE: u16 = 0x2416;
/// `sprmPFTtp`: the end of a row.
pub(super) const ROW_END: u16 = 0x2417;
/// `sprmPItap`: tables around it.
pub(super) const TABLE_DEPTH: u16 = 0x6649;
/// `sprmPJc80` and `sprmPJc`: how lines are set.
pub(super) const ALIGNED: [u16; 2] = [0x2403, 0x2461];
/// `sprmPIlvl`: level in the list.
pub(super) const LIST_LEVEL: u16 = 0x260a;
/// `sprmPIlfo`: the list.
pub(super) const LIST: u16 = 0x460b;
/// `sprmPHugePapx` and its older form: the properties stand in the data stream.
pub(super) const ELSEWHERE: [u16; 2] = [0x6645, 0x6646];
/// `sprmTDefTable`: the cells of a row.
pub(super) const CELLS: u16 = 0xd608;
/// `sprmTVertMerge`: a cell that goes on with the one above it.
pub(super) const MERGED: u16 = 0xd62b;
/// `sprmTTableHeader`: the row is repeated at the top of each page.
pub(super) const HEAD_ROW: u16 = 0x3404;
/// `sprmPChgTabs`, whose size may be beyond one byte.
const TABS: u16 = 0xc615;

/// The modifiers of a list, each with its operand; it ends where the list is broken.
pub(super) fn modifiers(list: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let code = u16_at(list, at)?;
        at += 2;
        let size = match code >> 13 {
            0 | 1 => 1,
            2 | 4 | 5 => 2,
            3 => 4,
            7 => 3,
            _ => match code {
                // Two bytes of size, one more than what follows.
                CELLS => usize::from(u16_at(list, at)?) + 1,
                TABS if u8_at(list, at)? == 255 => {
                    let deleted = usize::from(u8_at(list, at + 1)?) * 4;
                    deleted + usize::from(u8_at(list, at + 2 + deleted)?) * 3 + 3
                }
                _ => usize::from(u8_at(list, at)?) + 1,
            },
        };
        let operand = list.get(at..at + size)?;
        at += size;
        Some((code, operand))
    })
}

/// The operand as a switch: on, off, or as the style has it.
pub(super) fn switch(operand: &[u8], style: bool) -> bool {
    match operand.first() {
        Some(0) | None => false,
        Some(0x80) => style,
        Some(0x81) => !style,
        Some(_) => true,
    }
}

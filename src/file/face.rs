//! Type faces in which official documents set headings.

/// Parts of the names of 黑体, 楷体 and 小标宋 as systems, foundries and WPS write them (GB/T 9704-2012 7.3.3).
const HEADING_FACES: [&str; 13] = [
    "黑体",
    "楷体",
    "小标宋",
    "simhei",
    "simkai",
    "kaiti",
    "heiti",
    "yahei",
    "fzhei",
    "fzkai",
    "fzht",
    "fzkt",
    "fzxbs",
];
/// Words for bold in the names that fonts have in files.
const BOLD: [&str; 3] = ["bold", "heavy", "black"];

/// The name is one of a heading face.
pub(super) fn is_heading_face(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    HEADING_FACES.iter().any(|face| name.contains(face))
}

/// The name says that the face is bold.
pub(super) fn is_bold(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    BOLD.iter().any(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heading_faces_are_known_by_all_their_names() {
        for (name, heading) in [
            ("黑体", true),
            ("楷体_GB2312", true),
            ("方正黑体_GBK", true),
            ("SimHei", true),
            ("KaiTi_GB2312", true),
            ("STHeiti", true),
            ("FZXBSJW--GB1-0", true),
            ("仿宋_GB2312", false),
            ("宋体", false),
            ("Times New Roman", false),
        ] {
            assert_eq!(is_heading_face(name), heading, "{name}");
        }
    }
}

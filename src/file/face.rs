//! Type faces in which official documents set headings.

/// Parts of the names of 黑体, 楷体 and 小标宋 as systems, foundries and WPS write them (GB/T 9704-2012 7.3.3).
const HEADING_FACES: [&str; 9] = ["黑体", "楷体", "小标宋", "simhei", "kaiti", "stheiti", "stkaiti", "fzhei", "fzkai"];

/// The name is one of a heading face.
pub(super) fn is_heading_face(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    HEADING_FACES.iter().any(|face| name.contains(face))
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
            ("仿宋_GB2312", false),
            ("宋体", false),
            ("Times New Roman", false),
        ] {
            assert_eq!(is_heading_face(name), heading, "{name}");
        }
    }
}

//! Pages that show nothing themselves: the challenge of a wall, or the place where an application is mounted.

use crate::page::{Tag, Tree};
use crate::text::is_blank;

/// Ids of the elements in which the frameworks of portals mount an application: Vue, React, Next, Nuxt, Quasar.
const MOUNTS: [&str; 6] = ["app", "root", "__next", "__nuxt", "q-app", "main-app"];

/// An empty page with a script whose words are made unreadable: the challenge of a wall.
pub(super) fn is_challenge(tree: &Tree) -> bool {
    let shows = |tag: Tag| matches!(tag, Tag::Link | Tag::Image | Tag::Input | Tag::Table);
    let empty =
        tree.text(tree.all()).chars().all(is_blank) && !tree.all().iter().any(|at| tree.tag(at).is_some_and(shows));
    empty && tree.scripts().any(is_unreadable)
}

/// Names like `_0x1a2b`, texts in escapes, or the head of a packer.
fn is_unreadable(script: &str) -> bool {
    /// Fewest such names and escapes.
    const FEWEST: (usize, usize) = (8, 20);
    script.matches("_0x").take(FEWEST.0).count() == FEWEST.0
        || script.matches("\\x").take(FEWEST.1).count() == FEWEST.1
        || script.contains("eval(function(p,a,c,k,e")
}

/// An application fills an element that is empty in the markup.
pub(super) fn is_application(tree: &Tree) -> bool {
    let mount = |at| tree.attribute(at, "id").is_some_and(|id| MOUNTS.contains(&id));
    tree.all().iter().any(|at| mount(at) && tree.text(tree.span(at)).chars().all(is_blank))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unreadable_scripts_are_told_from_others() {
        let renamed = format!("var _0x1a2b=['a'];{}", "_0x3f['push'](_0x3f['shift']());".repeat(9));
        for (script, unreadable) in [
            (renamed.as_str(), true),
            ("eval(function(p,a,c,k,e,d){return p}('0',1,1,''.split('|'),0,{}))", true),
            ("$(function () { load('/art/1.json'); });", false),
            ("var color = '\\x23fff';", false),
        ] {
            assert_eq!(is_unreadable(script), unreadable, "{script}");
        }
    }
}

//! Fields: what they show is text, what they are told is not.

/// Fields that are open, outermost first.
#[derive(Debug, Default)]
pub(super) struct Fields {
    open: Vec<Field>,
    ended: usize,
}

#[derive(Debug, Default)]
struct Field {
    instruction: String,
    shows: bool,
}

/// An instruction longer than this draws nothing.
const LONGEST: usize = 200;

impl Fields {
    /// Text here belongs to an instruction.
    pub(super) fn hides(&self) -> bool {
        self.open.iter().any(|field| !field.shows)
    }

    /// Begins a field.
    pub(super) fn begin(&mut self) {
        self.open.push(Field::default());
    }

    /// From here on the field shows its result.
    pub(super) fn separate(&mut self) {
        if let Some(field) = self.open.last_mut() {
            field.shows = true;
        }
    }

    /// Ends a field; if it has no result but draws one, that is returned.
    pub(super) fn end(&mut self) -> Option<String> {
        let field = self.open.pop()?;
        self.ended += 1;
        if field.shows { None } else { drawn(&field.instruction) }
    }

    /// Adds to the instruction of the innermost field.
    pub(super) fn instruction(&mut self, text: &str) {
        if let Some(field) = self.open.last_mut().filter(|field| field.instruction.len() < LONGEST) {
            field.instruction.push_str(text);
        }
    }

    /// A mark by its name in XML; at the end of a field what it draws.
    pub(super) fn mark(&mut self, kind: &str) -> Option<String> {
        match kind {
            "begin" => self.begin(),
            "separate" => self.separate(),
            "end" => return self.end(),
            _ => {}
        }
        None
    }

    /// How many fields have ended.
    pub(super) fn ended(&self) -> usize {
        self.ended
    }

    /// An instruction does not go beyond its paragraph: one that is never ended must not hide the rest of the text.
    pub(super) fn end_paragraph(&mut self) {
        self.open.retain(|field| field.shows);
    }
}

/// `eq \o\ac(○,1)`: a character inside a ring, which Word draws from the instruction alone.
fn drawn(instruction: &str) -> Option<String> {
    let words = instruction.trim().to_ascii_lowercase();
    let arguments = words.strip_prefix("eq")?.trim_start().strip_prefix("\\o")?;
    let (_, inside) = arguments.split_once('(')?;
    let (inside, _) = inside.rsplit_once(')')?;
    let mut parts = inside.split([',', '，', ';']).map(str::trim);
    let (ring, number) = (parts.next()?, parts.next()?);
    let plain = number.trim_matches(|c: char| c.is_whitespace() || c == '\\').to_owned();
    if !matches!(ring, "○" | "〇" | "◯" | "o" | "０") {
        return Some(format!("{ring}{plain}"));
    }
    let circled = plain.parse().ok().filter(|n| (1..=20).contains(n)).and_then(|n: u32| char::from_u32(0x245f + n));
    Some(circled.map_or(plain, String::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_result_is_shown_and_the_instruction_is_not() {
        let mut fields = Fields::default();
        fields.begin();
        assert!(fields.hides());
        fields.begin();
        fields.separate();
        assert!(fields.hides(), "a field inside an instruction");
        fields.end();
        fields.separate();
        assert!(!fields.hides());
        assert_eq!(fields.end(), None);
        assert!(!fields.hides());
    }

    #[test]
    fn a_field_that_never_ends_hides_one_paragraph_at_most() {
        let mut fields = Fields::default();
        fields.begin();
        fields.end_paragraph();
        assert!(!fields.hides());
    }

    #[test]
    fn a_number_in_a_ring_is_drawn() {
        for (instruction, text) in [
            (" eq \\o\\ac(○,1) ", Some("①")),
            ("EQ \\o\\ac(○,12)", Some("⑫")),
            ("eq \\o\\ac(○,甲)", Some("甲")),
            ("eq \\o(一,二)", Some("一二")),
            ("PAGE", None),
            ("eq \\f(1,2)", None),
        ] {
            let mut fields = Fields::default();
            fields.begin();
            fields.instruction(instruction);
            assert_eq!(fields.end().as_deref(), text, "{instruction}");
        }
    }
}

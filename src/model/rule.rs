//! Rules as values: each has a name, by which its hits are counted and by which it is switched off to see what it does.

/// Declares the rules of one decision as an enum; the name of a rule is that of its decision, a dot, and its own.
macro_rules! rules {
    ($(#[$doc:meta])* $vis:vis enum $name:ident: $group:literal {
        $($(#[$rule_doc:meta])* $rule:ident = $own:literal,)+
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis enum $name {
            $($(#[$rule_doc])* $rule,)+
        }

        impl $name {
            /// Every rule of the decision, in the order in which they are asked.
            $vis const ALL: &'static [Self] = &[$(Self::$rule),+];

            /// The name by which the rule is counted and switched off.
            $vis fn name(self) -> &'static str {
                match self {
                    $(Self::$rule => concat!($group, ".", $own),)+
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }
    };
}

pub(crate) use rules;

/// Rules that are switched off, to measure what they do; none in a normal run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Without(Vec<&'static str>);

impl Without {
    /// None.
    pub const NOTHING: &'static Self = &Self(Vec::new());

    /// Reads names parted by commas.
    ///
    /// # Errors
    /// The first name that is none of `known`.
    pub fn parse(names: &str, known: &[&'static str]) -> Result<Self, String> {
        let names = names.split(',').map(str::trim).filter(|name| !name.is_empty());
        let of = |name: &str| known.iter().copied().find(|rule| *rule == name).ok_or_else(|| name.to_owned());
        Ok(Self(names.map(of).collect::<Result<_, _>>()?))
    }

    /// Whether a rule is on.
    pub fn allows(&self, rule: &str) -> bool {
        !self.0.contains(&rule)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    rules! {
        /// Why.
        enum Why: "why" {
            /// One.
            One = "one",
            /// Two.
            Two = "two",
        }
    }

    #[test]
    fn a_rule_is_switched_off_by_its_name() {
        let known: Vec<&str> = Why::ALL.iter().map(|rule| rule.name()).collect();
        assert_eq!(known, ["why.one", "why.two"]);
        let without = Without::parse("why.two, ", &known).unwrap();
        assert!(without.allows(Why::One.name()) && !without.allows(Why::Two.name()));
        assert!(Without::NOTHING.allows(Why::Two.name()));
        assert_eq!(Without::parse("why.three", &known), Err("why.three".to_owned()));
    }
}

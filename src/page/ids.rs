//! Positions that know what they count: a node is not a line, and a range of either is walked like a list.

use std::marker::PhantomData;
use std::ops::{Add, Index, IndexMut, Sub};

/// A position in a list.
pub(crate) trait Id: Copy + Ord {
    /// The position behind so many others.
    fn at(index: usize) -> Self;
    /// How many positions are before it.
    fn index(self) -> usize;

    /// The positions from this one up to another.
    fn to(self, end: Self) -> Span<Self> {
        Span { start: self, end }
    }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub(crate) struct $name(usize);

        impl Id for $name {
            fn at(index: usize) -> Self {
                Self(index)
            }

            fn index(self) -> usize {
                self.0
            }
        }

        impl Add<usize> for $name {
            type Output = Self;

            fn add(self, more: usize) -> Self {
                Self(self.0 + more)
            }
        }

        /// What would be before the first is the first.
        impl Sub<usize> for $name {
            type Output = Self;

            fn sub(self, less: usize) -> Self {
                Self(self.0.saturating_sub(less))
            }
        }

        /// How far it is from another.
        impl Sub for $name {
            type Output = usize;

            fn sub(self, other: Self) -> usize {
                self.0.saturating_sub(other.0)
            }
        }
    )*};
}

ids! {
    /// A node of a [`super::Tree`].
    NodeId;
    /// A line of [`super::Lines`].
    LineId;
}

impl NodeId {
    /// The outermost element of a tree.
    pub(crate) const ROOT: Self = Self(0);
}

/// Positions from `start` up to `end`, which is not among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Span<I> {
    pub(crate) start: I,
    pub(crate) end: I,
}

impl<I: Id> Span<I> {
    /// None at all.
    pub(crate) fn empty() -> Self {
        I::at(0).to(I::at(0))
    }

    pub(crate) fn len(self) -> usize {
        self.end.index().saturating_sub(self.start.index())
    }

    pub(crate) fn contains(self, id: I) -> bool {
        self.start <= id && id < self.end
    }

    pub(crate) fn iter(self) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + Clone {
        (self.start.index()..self.end.index()).map(I::at)
    }
}

/// A value for every position, all of them known from the beginning.
#[derive(Debug, Clone)]
pub(crate) struct Each<I, T> {
    values: Vec<T>,
    of: PhantomData<I>,
}

impl<I: Id, T> Each<I, T> {
    pub(crate) fn all(&self) -> Span<I> {
        I::at(0).to(I::at(self.values.len()))
    }

    pub(crate) fn get(&self, id: I) -> Option<&T> {
        self.values.get(id.index())
    }

    /// The values of some positions; those that do not exist are left out.
    pub(crate) fn within(&self, span: Span<I>) -> &[T] {
        let end = span.end.index().min(self.values.len());
        self.values.get(span.start.index().min(end)..end).unwrap_or_default()
    }

    pub(crate) fn within_mut(&mut self, span: Span<I>) -> &mut [T] {
        let end = span.end.index().min(self.values.len());
        self.values.get_mut(span.start.index().min(end)..end).unwrap_or_default()
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, T> {
        self.values.iter()
    }
}

impl<I, T> From<Vec<T>> for Each<I, T> {
    fn from(values: Vec<T>) -> Self {
        Self { values, of: PhantomData }
    }
}

impl<I, T> FromIterator<T> for Each<I, T> {
    fn from_iter<S: IntoIterator<Item = T>>(values: S) -> Self {
        Self::from(values.into_iter().collect::<Vec<T>>())
    }
}

impl<I: Id, T> Index<I> for Each<I, T> {
    type Output = T;

    fn index(&self, id: I) -> &T {
        &self.values[id.index()]
    }
}

impl<I: Id, T> IndexMut<I> for Each<I, T> {
    fn index_mut(&mut self, id: I) -> &mut T {
        &mut self.values[id.index()]
    }
}

/// Sums up to each position, so that the sum of any range is one subtraction.
#[derive(Debug, Clone)]
pub(crate) struct Sums<I, T> {
    before: Vec<T>,
    of: PhantomData<I>,
}

impl<I: Id, T: Copy + Default + Add<Output = T> + Sub<Output = T>> Sums<I, T> {
    pub(crate) fn of(values: impl Iterator<Item = T>) -> Self {
        let mut sum = T::default();
        let before = std::iter::once(sum).chain(values.map(|value| {
            sum = sum + value;
            sum
        }));
        Self { before: before.collect(), of: PhantomData }
    }

    pub(crate) fn within(&self, span: Span<I>) -> T {
        let at = |id: I| self.before.get(id.index()).or(self.before.last()).copied().unwrap_or_default();
        at(span.end) - at(span.start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_walked_and_cut_to_what_exists() {
        let values: Each<LineId, char> = ['a', 'b', 'c'].into_iter().collect();
        let span = LineId::at(1).to(LineId::at(9));
        assert_eq!(values.within(span), ['b', 'c']);
        assert_eq!(values.within(LineId::at(7).to(LineId::at(9))), [' '; 0]);
        assert_eq!(values.all().iter().rev().map(|n| values[n]).collect::<String>(), "cba");
        assert_eq!((span.len(), span.contains(LineId::at(8)), span.contains(span.end)), (8, true, false));
        assert_eq!(LineId::at(2) - 5, LineId::at(0));
    }

    #[test]
    fn the_sum_of_a_range_is_that_of_its_values() {
        let sums: Sums<LineId, usize> = Sums::of([1, 2, 4].into_iter());
        assert_eq!(sums.within(LineId::at(1).to(LineId::at(3))), 6);
        assert_eq!(sums.within(LineId::at(2).to(LineId::at(9))), 4);
    }
}

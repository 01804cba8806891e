//! Typed indices and the vectors they index: every IR lives in these, so that nothing is dropped or walked recursively.

use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

/// An index type made by [`define_index!`].
pub trait Idx: Copy + Eq {
    /// From a position.
    fn new(i: usize) -> Self;
    /// To a position.
    fn index(self) -> usize;
}

/// Declares a `u32` newtype that implements [`Idx`], printed as its prefix and number.
#[macro_export]
macro_rules! define_index {
    ($(#[$m:meta])* $name:ident, $prefix:literal) => {
        $(#[$m])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub u32);
        impl $crate::arena::Idx for $name {
            fn new(i: usize) -> Self { $name(u32::try_from(i).expect("arena under 2^32 entries")) }
            fn index(self) -> usize { self.0 as usize }
        }
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { write!(f, concat!($prefix, "{}"), self.0) }
        }
    };
}

/// A vector indexed by `I`.
#[derive(Clone, Debug)]
pub struct IndexVec<I, T>(Vec<T>, PhantomData<fn(I)>);

impl<I, T> Default for IndexVec<I, T> {
    fn default() -> Self {
        IndexVec(Vec::new(), PhantomData)
    }
}

impl<I: Idx, T> IndexVec<I, T> {
    /// Keeps only the first elements.
    pub fn truncate(&mut self, count: usize) {
        self.0.truncate(count);
    }
    /// An empty vector.
    pub fn new() -> Self {
        Self::default()
    }
    /// `n` clones of `value`.
    pub fn filled(value: T, n: usize) -> Self
    where
        T: Clone,
    {
        IndexVec(vec![value; n], PhantomData)
    }
    /// Appends, returning the new element's index.
    pub fn push(&mut self, value: T) -> I {
        self.0.push(value);
        I::new(self.0.len() - 1)
    }
    /// Number of elements.
    pub fn len(&self) -> usize {
        self.0.len()
    }
    /// Whether there are no elements.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// All indices in order.
    pub fn indices(&self) -> impl DoubleEndedIterator<Item = I> + use<I, T> {
        (0..self.0.len()).map(I::new)
    }
    /// All elements in order.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }
    /// All elements in order, mutably.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.0.iter_mut()
    }
    /// Indices with elements.
    pub fn enumerate(&self) -> impl DoubleEndedIterator<Item = (I, &T)> {
        self.0.iter().enumerate().map(|(i, t)| (I::new(i), t))
    }
    /// The element, if there is one.
    pub fn get(&self, i: I) -> Option<&T> {
        self.0.get(i.index())
    }
}

impl<I: Idx, T> Index<I> for IndexVec<I, T> {
    type Output = T;
    fn index(&self, i: I) -> &T {
        &self.0[i.index()]
    }
}

impl<I: Idx, T> IndexMut<I> for IndexVec<I, T> {
    fn index_mut(&mut self, i: I) -> &mut T {
        &mut self.0[i.index()]
    }
}

impl<I: Idx, T> IntoIterator for IndexVec<I, T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<I: Idx, T> FromIterator<T> for IndexVec<I, T> {
    fn from_iter<A: IntoIterator<Item = T>>(iter: A) -> Self {
        IndexVec(iter.into_iter().collect(), PhantomData)
    }
}

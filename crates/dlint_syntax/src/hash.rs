//! The maps and sets of dlint, with a hash that is made for short keys.
//!
//! The hash of the standard library withstands an attacker who sees its outcome; here nobody does, and a random seed for each run is enough
//! against files that are made to collide.

pub use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

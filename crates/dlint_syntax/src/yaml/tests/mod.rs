#![allow(clippy::unwrap_used)]

mod reading;

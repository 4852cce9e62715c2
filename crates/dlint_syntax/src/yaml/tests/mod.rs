#![allow(clippy::unwrap_used)]

mod json;
mod reading;

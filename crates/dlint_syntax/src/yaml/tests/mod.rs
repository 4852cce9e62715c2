#![allow(clippy::unwrap_used, clippy::format_push_string, clippy::format_collect)]

mod errors;
mod healing;
mod json;
mod limits;
mod reading;

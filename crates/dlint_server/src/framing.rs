//! Messages as they come in, before anything reads them: one that cannot be read is dropped here, for the reader behind ends at it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use crate::Log;

/// No message is larger, in bytes; what claims to be is no message.
const LARGEST: usize = 256 * 1024 * 1024;

/// No header is larger, in bytes; what is before its end and further away from it is dropped.
const LARGEST_HEAD: usize = 16 * 1024;

/// Hands on the messages of `input` that can be read, until it ends. `has_more` says whether another one has begun to come in.
pub(crate) async fn filter(
    mut input: impl AsyncRead + Unpin,
    mut output: impl AsyncWrite + Unpin,
    has_more: Arc<AtomicBool>,
    log: Log,
) {
    let mut buffer: Vec<u8> = Vec::new();
    loop {
        while let Some((length, body)) = take(&mut buffer, &log) {
            has_more.store(!buffer.is_empty(), Ordering::Relaxed);
            if output.write_all(head(length).as_bytes()).await.is_err() || output.write_all(&body).await.is_err() {
                return;
            }
        }
        match input.read_buf(&mut buffer).await {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// Takes the first whole message that can be read from the front of the buffer; none if more has to come.
fn take(buffer: &mut Vec<u8>, log: &Log) -> Option<(usize, Vec<u8>)> {
    loop {
        let Some(head_end) = buffer.windows(4).position(|it| it == b"\r\n\r\n") else {
            // Each look is at all that is there: it must not grow for ever.
            let excess = buffer.len().saturating_sub(LARGEST_HEAD);
            buffer.drain(..excess);
            return None;
        };
        let length = length(&buffer[..head_end]).filter(|length| *length <= LARGEST);
        let Some(length) = length else {
            log.line("a message without a length was dropped");
            buffer.drain(..head_end + 4);
            continue;
        };
        let start = head_end + 4;
        if buffer.len() < start + length {
            return None;
        }
        let body: Vec<u8> = buffer.drain(..start + length).skip(start).collect();
        if is_message(&body) {
            return Some((length, body));
        }
        log.line("a message that is none was dropped");
    }
}

/// What stands before a body of so many bytes.
pub(crate) fn head(length: usize) -> String {
    format!("Content-Length: {length}\r\n\r\n")
}

/// The length that a header tells. What stands before the last word of a length may be the rest of a message that was dropped.
pub(crate) fn length(head: &[u8]) -> Option<usize> {
    const NAME: &str = "content-length:";
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let value = head.get(head.rfind(NAME)? + NAME.len()..)?;
    value.split("\r\n").next()?.trim().parse().ok()
}

/// Whether a body is a request, a notification or an answer. Source: JSON-RPC 2.0.
fn is_message(body: &[u8]) -> bool {
    let Ok(Value::Object(message)) = serde_json::from_slice::<Value>(body) else { return false };
    let is_id = |id: &Value| id.is_i64() || id.is_string() || id.is_null();
    let has_id = message.get("id").is_none_or(is_id);
    let is_ours = message.get("jsonrpc").is_some_and(|version| version == "2.0");
    let is_body = if let Some(method) = message.get("method") {
        method.is_string() && message.get("params").is_none_or(|it| it.is_object() || it.is_array() || it.is_null())
    } else {
        let is_error = |it: &Value| it["code"].is_i64() && it["message"].is_string();
        let answers = message.get("error").map_or(message.contains_key("result"), is_error);
        message.contains_key("id") && answers
    };
    has_id && is_ours && is_body
}

#[cfg(test)]
mod tests {
    use super::take;
    use crate::Log;

    #[test]
    fn a_header_without_end_is_dropped() {
        let mut buffer = vec![b'x'; 3 * super::LARGEST_HEAD];
        assert_eq!(take(&mut buffer, &Log::default()), None);
        assert_eq!(buffer.len(), super::LARGEST_HEAD);
        let good = r#"{"jsonrpc":"2.0","method":"x"}"#;
        buffer.extend(format!("\r\n\r\nContent-Length: {}\r\n\r\n{good}", good.len()).bytes());
        assert_eq!(take(&mut buffer, &Log::default()), Some((good.len(), good.as_bytes().to_vec())));
    }

    #[test]
    fn a_wrong_length_costs_no_other_message() {
        let good = r#"{"jsonrpc":"2.0","method":"x"}"#;
        let frame = format!("Content-Length: {}\r\n\r\n{good}", good.len());
        for wrong in ["Content-Length: 999999999999\r\n\r\n{\"a\":1}", "Content-Length: 2\r\n\r\n{\"a\":1}", "\u{e9}"] {
            let mut buffer = format!("{wrong}{frame}").into_bytes();
            assert_eq!(take(&mut buffer, &Log::default()), Some((good.len(), good.as_bytes().to_vec())), "{wrong}");
        }
    }

    #[test]
    fn what_is_no_message_is_dropped() {
        let good = r#"{"jsonrpc":"2.0","method":"x"}"#;
        let frame = |body: &str| format!("Content-Length: {}\r\n\r\n{body}", body.len());
        let mut stream = String::from("Garbage: 1\r\n\r\n");
        for body in [
            "{",
            "[]",
            "{}",
            r#"{"jsonrpc":"2.0","id":{},"method":"x"}"#,
            r#"{"jsonrpc":"2.0","id":1,"error":1}"#,
            good,
        ] {
            stream += &frame(body);
        }
        stream +=
            &["content-length:", &good.len().to_string(), "\r\nX: y\r\n\r\n", good, "Content-Length: 5\r\n\r\n12"]
                .concat();
        let mut buffer = stream.into_bytes();
        for _ in 0..2 {
            assert_eq!(take(&mut buffer, &Log::default()), Some((good.len(), good.as_bytes().to_vec())));
        }
        assert_eq!(take(&mut buffer, &Log::default()), None, "the rest has to come");
        assert!(buffer.ends_with(b"12"));
    }
}

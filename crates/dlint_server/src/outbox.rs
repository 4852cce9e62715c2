//! Findings on their way to the client: written here, and put between the messages of tower-lsp-server, which makes a tree of values of each
//! message before it writes it. For hundreds of findings at each key that takes as long as finding them.

use serde::Serialize;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tower_lsp_server::ls_types::{Diagnostic, PublishDiagnosticsParams, Uri};

use crate::framing;

/// Where findings are handed in.
#[derive(Debug, Clone)]
pub(crate) struct Outbox(UnboundedSender<Vec<u8>>);

#[derive(Serialize)]
struct Notification {
    jsonrpc: &'static str,
    method: &'static str,
    params: PublishDiagnosticsParams,
}

impl Outbox {
    /// An outbox, and where [`join`] takes the messages from.
    pub(crate) fn new() -> (Self, UnboundedReceiver<Vec<u8>>) {
        let (sender, receiver) = unbounded_channel();
        (Self(sender), receiver)
    }

    /// Tells the client what is wrong with a text.
    pub(crate) fn publish(&self, uri: Uri, diagnostics: Vec<Diagnostic>, version: Option<i32>) {
        let params = PublishDiagnosticsParams { uri, diagnostics, version };
        let message = Notification { jsonrpc: "2.0", method: "textDocument/publishDiagnostics", params };
        let Ok(body) = serde_json::to_vec(&message) else { return };
        let framed = [framing::head(body.len()).as_bytes(), &body].concat();
        // Nobody reads it any more when the server ends.
        let _ = self.0.send(framed);
    }
}

/// Writes what the server says to the client, and between its messages those of the outbox, until the server is done.
pub(crate) async fn join(
    mut server: impl AsyncRead + Unpin,
    mut outbox: UnboundedReceiver<Vec<u8>>,
    mut client: impl AsyncWrite + Unpin,
) {
    let mut buffer: Vec<u8> = Vec::new();
    loop {
        let written = tokio::select! {
            biased;
            read = server.read_buf(&mut buffer) => {
                if matches!(read, Ok(0) | Err(_)) {
                    return;
                }
                let whole = whole_messages(&buffer);
                let written = client.write_all(&buffer[..whole]).await;
                buffer.drain(..whole);
                written
            }
            Some(message) = outbox.recv() => client.write_all(&message).await,
        };
        if written.is_err() || client.flush().await.is_err() {
            return;
        }
    }
}

/// How many bytes at the front of what the server wrote are whole messages.
fn whole_messages(buffer: &[u8]) -> usize {
    let mut end = 0;
    while let Some(head) = memchr::memmem::find(&buffer[end..], b"\r\n\r\n") {
        let next = end + head + 4 + framing::length(&buffer[end..end + head]).unwrap_or(0);
        if next > buffer.len() {
            break;
        }
        end = next;
    }
    end
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    use super::{Outbox, join, whole_messages};

    #[test]
    fn messages_are_whole() {
        let message = b"Content-Length: 2\r\n\r\n{}";
        let two = [message.as_slice(), message].concat();
        for cut in 0..=two.len() {
            assert_eq!(whole_messages(&two[..cut]), cut / message.len() * message.len(), "{cut}");
        }
    }

    #[test]
    fn findings_stand_between_messages() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let (mut server, pipe) = duplex(8);
            let (mut client, output) = duplex(4096);
            let (outbox, messages) = Outbox::new();
            let joining = tokio::spawn(join(pipe, messages, output));
            let answer = "Content-Length: 11\r\n\r\n{\"id\":\"xx\"}";
            let (first, rest) = answer.split_at(25);
            server.write_all(first.as_bytes()).await.unwrap();
            outbox.publish("file:///x".parse().unwrap(), Vec::new(), Some(1));
            // What is begun waits for its end, and nobody else for it.
            let mut text = Vec::new();
            while !text.ends_with(b"\"version\":1}}") {
                assert_ne!(client.read_buf(&mut text).await.unwrap(), 0);
            }
            assert!(!String::from_utf8_lossy(&text).contains("xx"));
            server.write_all(rest.as_bytes()).await.unwrap();
            drop(server);
            joining.await.unwrap();
            text.clear();
            client.read_to_end(&mut text).await.unwrap();
            assert_eq!(text, answer.as_bytes());
        });
    }
}

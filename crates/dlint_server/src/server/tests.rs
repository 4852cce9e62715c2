//! The server without a client: a fault of dlint costs one request.
#![allow(clippy::unwrap_used)]

use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex};

use dlint_linter::check::Files;
use dlint_linter::{Diagnostic, Language, NoFiles, Safety};
use serde_json::json;
use tower_lsp_server::jsonrpc::ErrorCode;
use tower_lsp_server::{LanguageServer, LspService};

use super::{Handlers, Shared};
use crate::{Fault, Host, Log, OpenFile};

/// A host that has a fault wherever a text says so.
struct Faulty;

impl Faulty {
    fn stumble(file: &OpenFile) {
        assert!(!file.document.text().contains("fault"), "a stone");
    }
}

impl Host for Faulty {
    fn language(&self, _: &Path, _: &str, _: &str) -> Option<Language> {
        Some(Language::Dockerfile)
    }

    fn check(&self, file: &OpenFile, _: &[OpenFile]) -> Result<Vec<Diagnostic>, Fault> {
        Self::stumble(file);
        Ok(Vec::new())
    }

    fn fix(&self, file: &OpenFile, _: &[OpenFile], _: Safety) -> Result<Arc<str>, String> {
        Self::stumble(file);
        Ok(Arc::clone(file.document.text()))
    }

    fn visit(&self, file: &OpenFile, _: &[OpenFile], work: &mut dyn FnMut(&dyn Files)) -> Result<(), String> {
        Self::stumble(file);
        work(&NoFiles);
        Ok(())
    }
}

/// A log that is kept.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_fault_costs_one_request() {
    let log = Kept::default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(async {
        let (service, _socket) =
            LspService::new(|client| Handlers(Arc::new(Shared::new(client, crate::outbox::Outbox::new().0, Faulty, Log::to(log.clone())))));
        let server = service.inner();
        let open = |name: &str, text: &str| {
            let item = json!({"uri": format!("file:///{name}"), "languageId": "", "version": 1, "text": text});
            server.did_open(serde_json::from_value(json!({ "textDocument": item })).unwrap())
        };
        open("a", "FROM fault AS x\n").await;
        open("b", "FROM a AS x\n").await;
        let at = |name: &str| json!({"textDocument": {"uri": format!("file:///{name}")}, "position": {"line": 0, "character": 1}});
        let error = server.hover(serde_json::from_value(at("a")).unwrap()).await.unwrap_err();
        assert_eq!(error.code, ErrorCode::InternalError);
        assert!(error.message.contains("a fault of dlint; please report it: a stone"), "{error}");
        assert!(server.completion(serde_json::from_value(at("a")).unwrap()).await.is_err());
        assert!(server.diagnostic(serde_json::from_value(at("a")).unwrap()).await.is_err());
        assert!(server.hover(serde_json::from_value(at("b")).unwrap()).await.unwrap().is_some(), "others are served");
    });
    assert!(String::from_utf8_lossy(&log.0.lock().unwrap()).contains("a stone"));
}

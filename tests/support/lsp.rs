//! A client of the language server, as an editor would be: it talks to `dlint lsp` over its standard input and output.
#![allow(dead_code, reason = "not every test needs every helper")]
#![allow(clippy::unwrap_used, clippy::needless_pass_by_value)]

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::Project;

/// Nothing takes so long; a test that waits this long has failed.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct Editor<'p> {
    project: &'p Project,
    server: Child,
    input: ChildStdin,
    messages: Receiver<Value>,
    last_id: i64,
    version: i64,
    /// Everything that was published, in order.
    pub(crate) published: Vec<Value>,
    /// Requests of the server that the client answered.
    pub(crate) asked: Vec<Value>,
    /// Whether those are answered with an error.
    pub(crate) refuses: bool,
    /// What the client answers when it is asked for settings: by the name of the folder, `""` for all.
    pub(crate) settings: Value,
    /// What the server told of its work.
    pub(crate) traced: Vec<Value>,
    /// What it told of how far it is.
    pub(crate) progressed: Vec<Value>,
}

impl<'p> Editor<'p> {
    /// Starts the server and greets it. `capabilities` are the client's.
    pub(crate) fn new(project: &'p Project, capabilities: &Value) -> Self {
        let mut editor = Self::silent(project);
        editor.greet(&[""], capabilities, &Value::Null);
        editor
    }

    /// Greets the server with folders of the project and settings, and gives what it says that it can do.
    pub(crate) fn greet(&mut self, folders: &[&str], capabilities: &Value, settings: &Value) -> Value {
        let folders: Vec<Value> = folders.iter().map(|name| json!({"uri": self.uri(name), "name": name})).collect();
        let params = json!({
            "processId": null, "rootUri": self.uri(""), "capabilities": capabilities,
            "workspaceFolders": folders, "initializationOptions": settings,
        });
        let answer = self.request("initialize", params);
        self.notify("initialized", json!({}));
        answer["capabilities"].clone()
    }

    /// Starts the server and says nothing yet.
    pub(crate) fn silent(project: &'p Project) -> Self {
        let mut command = project.command(&["lsp", "--stdio"]);
        let mut server = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let input = server.stdin.take().unwrap();
        let mut output = BufReader::new(server.stdout.take().unwrap());
        let (sender, messages) = channel();
        thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let (published, asked, traced) = (Vec::new(), Vec::new(), Vec::new());
        Self {
            project,
            server,
            input,
            messages,
            last_id: 0,
            version: 0,
            published,
            asked,
            refuses: false,
            settings: Value::Null,
            traced,
            progressed: Vec::new(),
        }
    }

    pub(crate) fn uri(&self, name: &str) -> String {
        format!("file://{}", self.project.path(name).display())
    }

    pub(crate) fn send(&mut self, message: &Value) {
        self.send_text(&message.to_string());
    }

    pub(crate) fn send_text(&mut self, body: &str) {
        write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        self.input.flush().unwrap();
    }

    /// Sends what may be no message at all.
    pub(crate) fn send_bytes(&mut self, bytes: &[u8]) {
        self.input.write_all(bytes).unwrap();
        self.input.flush().unwrap();
    }

    pub(crate) fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// The result of a request; panics where it is an error.
    pub(crate) fn request(&mut self, method: &str, params: Value) -> Value {
        let answer = self.answer(method, params);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// The answer to a request, an error included.
    pub(crate) fn answer(&mut self, method: &str, params: Value) -> Value {
        self.last_id += 1;
        let id = self.last_id;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        self.until(|message| (message["id"] == id && message.get("method").is_none()).then(|| message.clone()))
    }

    /// Reads messages until one is what `wanted` wants.
    pub(crate) fn until<T>(&mut self, wanted: impl Fn(&Value) -> Option<T>) -> T {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let message = self.messages.recv_timeout(left).expect("the server says something");
            self.note(&message);
            if let Some(found) = wanted(&message) {
                return found;
            }
        }
    }

    /// What the server asked the client first; waits for it.
    pub(crate) fn first_asked(&mut self) -> Value {
        if self.asked.is_empty() {
            self.until(|message| (message.get("id").is_some() && message.get("method").is_some()).then_some(()));
        }
        self.asked[0].clone()
    }

    fn note(&mut self, message: &Value) {
        if message["method"] == "textDocument/publishDiagnostics" {
            self.published.push(message["params"].clone());
        } else if message["method"] == "$/logTrace" {
            self.traced.push(message["params"].clone());
        } else if message["method"] == "$/progress" {
            self.progressed.push(message["params"].clone());
        } else if let (Some(id), Some(_)) = (message.get("id"), message.get("method")) {
            self.asked.push(message.clone());
            let answer = if self.refuses {
                json!({"jsonrpc": "2.0", "id": id, "error": {"code": -32601, "message": "no"}})
            } else {
                json!({"jsonrpc": "2.0", "id": id, "result": self.result(message)})
            };
            self.send(&answer);
        }
    }

    /// What the client answers to the server.
    fn result(&self, message: &Value) -> Value {
        let Some(items) = message["params"]["items"].as_array().filter(|_| self.settings.is_object()) else {
            return Value::Null;
        };
        let of = |item: &Value| match item["scopeUri"].as_str() {
            None => self.settings[""].clone(),
            Some(uri) => self.settings[uri.rsplit('/').next().unwrap_or_default()].clone(),
        };
        items.iter().map(of).collect()
    }

    /// Opens a file with a text, and gives what is found in it.
    pub(crate) fn open(&mut self, name: &str, language: &str, text: &str) -> Vec<Value> {
        self.version += 1;
        let (uri, version) = (self.uri(name), self.version);
        let item = json!({"uri": uri, "languageId": language, "version": version, "text": text});
        self.notify("textDocument/didOpen", json!({"textDocument": item}));
        self.found(name, version)
    }

    /// Changes a file, and gives what is found in it then.
    pub(crate) fn change(&mut self, name: &str, changes: Value) -> Vec<Value> {
        let version = self.change_only(name, changes);
        self.found(name, version)
    }

    /// Changes a file, and gives its new version.
    pub(crate) fn change_only(&mut self, name: &str, changes: Value) -> i64 {
        self.version += 1;
        let item = json!({"uri": self.uri(name), "version": self.version});
        self.notify("textDocument/didChange", json!({"textDocument": item, "contentChanges": changes}));
        self.version
    }

    /// What is found in a version of a file.
    pub(crate) fn found(&mut self, name: &str, version: i64) -> Vec<Value> {
        let uri = self.uri(name);
        self.until(|message| {
            let params = &message["params"];
            let is_it = message["method"] == "textDocument/publishDiagnostics" && params["uri"] == uri.as_str();
            (is_it && params["version"] == version).then(|| params["diagnostics"].as_array().unwrap().clone())
        })
    }

    /// Says nothing for a while, and reads what comes.
    pub(crate) fn listen(&mut self, time: Duration) {
        let deadline = Instant::now() + time;
        while let Ok(message) = self.messages.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            self.note(&message);
        }
    }

    /// Takes leave in order, and gives the exit status.
    pub(crate) fn leave(mut self) -> i32 {
        self.request("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        end(&mut self.server)
    }

    /// Waits until the server ends by itself, and gives the exit status.
    pub(crate) fn watch(mut self) -> i32 {
        end(&mut self.server)
    }

    /// Is gone all of a sudden; gives the exit status.
    pub(crate) fn vanish(self) -> i32 {
        let Self { mut server, input, .. } = self;
        drop(input);
        end(&mut server)
    }
}

/// Waits until the server has ended, but not for ever.
fn end(server: &mut Child) -> i32 {
    let deadline = Instant::now() + PATIENCE;
    while Instant::now() < deadline {
        if let Some(status) = server.try_wait().unwrap() {
            return status.code().expect("not ended by a signal");
        }
        thread::sleep(Duration::from_millis(5));
    }
    server.kill().unwrap();
    panic!("the server does not end");
}

fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end().split_once(": ") {
            Some(("Content-Length", number)) => length = number.parse().ok()?,
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

/// The rules of findings.
pub(crate) fn rules(diagnostics: &[Value]) -> Vec<String> {
    diagnostics.iter().map(|it| it["code"].as_str().unwrap().to_owned()).collect()
}

/// A text after the edits of a code action for one file, whose texts are ASCII.
pub(crate) fn edited(text: &str, action: &Value) -> String {
    let edit = &action["edit"];
    let edits = edit["documentChanges"][0]["edits"].as_array().cloned();
    let edits = edits.or_else(|| edit["changes"].as_object()?.values().next()?.as_array().cloned()).unwrap();
    let starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let offset = |at: &Value| {
        let line = usize::try_from(at["line"].as_u64().unwrap()).unwrap();
        starts[line] + usize::try_from(at["character"].as_u64().unwrap()).unwrap()
    };
    let mut edits: Vec<(usize, usize, String)> = edits
        .iter()
        .map(|it| {
            (offset(&it["range"]["start"]), offset(&it["range"]["end"]), it["newText"].as_str().unwrap().to_owned())
        })
        .collect();
    edits.sort();
    let mut text = text.to_owned();
    for (start, end, new) in edits.into_iter().rev() {
        text.replace_range(start..end, &new);
    }
    text
}

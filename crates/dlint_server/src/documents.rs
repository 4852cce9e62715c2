//! What is open in the editor, and what is known of it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use dlint_linter::compose::normalize_path;
use dlint_linter::{Diagnostic, Document, Language};
use tower_lsp_server::ls_types::{SemanticToken, TraceValue, Uri};

use crate::OpenFile;
use crate::text::{Encoding, Lines};
use crate::wishes::{Settings, Wishes};

/// A text as it was at one version. Cheap to share with a thread.
#[derive(Debug)]
pub(crate) struct Snapshot {
    pub(crate) uri: Uri,
    /// Where the file is; for what was never saved, where it would be.
    path: PathBuf,
    folder: PathBuf,
    pub(crate) language: Language,
    pub(crate) version: i32,
    pub(crate) text: Arc<str>,
    document: OnceLock<Arc<Document>>,
    lines: OnceLock<Lines>,
}

impl Snapshot {
    /// The parsed text; parsed when somebody asks first.
    pub(crate) fn document(&self) -> &Arc<Document> {
        self.document.get_or_init(|| {
            let name = self.path.strip_prefix(&self.folder).unwrap_or(&self.path);
            Arc::new(Document::parse(name, Arc::clone(&self.text), self.language))
        })
    }

    pub(crate) fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::new(&self.text))
    }

    /// Where the file is; for what was never saved, where it would be.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The file as the host wants it.
    pub(crate) fn open_file(&self) -> OpenFile {
        OpenFile { path: self.path.clone(), folder: self.folder.clone(), document: Arc::clone(self.document()) }
    }

    /// Where a document of the same project is that a finding refers to.
    pub(crate) fn uri_of(&self, document: &Document) -> Option<Uri> {
        self.uri_at(document.path())
    }

    /// Where a path of the same project is, as the paths of documents are given.
    pub(crate) fn uri_at(&self, path: &Path) -> Option<Uri> {
        Uri::from_file_path(normalize_path(&self.folder.join(path)))
    }
}

/// Whether a text has to be linted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Due {
    No,
    /// Once nobody types: another text that it may depend on has changed.
    Later,
    Now,
}

/// What was found in a text.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) version: i32,
    pub(crate) diagnostics: Arc<[Diagnostic]>,
}

#[derive(Debug)]
struct Open {
    /// What the editor calls the language.
    language_id: String,
    version: i32,
    text: Arc<str>,
    /// None for a text that is not for dlint.
    snapshot: Option<Arc<Snapshot>>,
    due: Due,
    found: Option<Found>,
    /// What the client was told last of what pieces of the text are, with the name of that.
    tokens: Option<(String, Arc<[SemanticToken]>)>,
}

/// What the client can do, as far as it matters here.
#[derive(Debug, Clone, Copy, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is a capability of its own")]
pub(crate) struct Abilities {
    pub(crate) related_information: bool,
    pub(crate) document_changes: bool,
    /// Edits may make files.
    pub(crate) create_files: bool,
    pub(crate) nested_symbols: bool,
    pub(crate) markdown: bool,
    pub(crate) watch_files: bool,
    /// The client asks for findings, and may be told to ask again: they are not published then.
    pub(crate) pull: bool,
    /// The edits of an action may be worked out when it is chosen.
    pub(crate) resolve_edits: bool,
    /// Completions may have places to fill in.
    pub(crate) snippets: bool,
    /// Completions may tell what is typed from the whole word.
    pub(crate) insert_replace: bool,
    /// Pages can be shown.
    pub(crate) show_document: bool,
    /// Edits may be given to the client when it did not ask for them.
    pub(crate) apply_edits: bool,
    /// The client can be told to ask for code lenses again.
    pub(crate) refresh_lenses: bool,
    /// The client can be asked for settings, also for those of a folder.
    pub(crate) configuration: bool,
}

/// The state of the server.
#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) encoding: Encoding,
    pub(crate) abilities: Abilities,
    /// The workspace folders, absolute.
    pub(crate) folders: Vec<PathBuf>,
    open: HashMap<Uri, Open>,
    /// Closed texts whose findings are still shown.
    closed: Vec<Uri>,
    /// What the client was told when it asked may be out of date.
    is_stale: bool,
    /// How many lists of tokens have got a name.
    named_tokens: u64,
    /// How much of its work the server tells.
    pub(crate) trace: TraceValue,
    pub(crate) settings: Settings,
    /// The texts that a fault of a configuration file keeps from being linted, each with that file and the fault.
    blamed: HashMap<Uri, (Uri, String)>,
}

/// How to tell the language of a text.
pub(crate) type Detect<'d> = &'d dyn Fn(&Path, &str, &str) -> Option<Language>;

/// What there is to do.
pub(crate) enum Job {
    /// Take the findings of a closed text away.
    Clear(Uri),
    /// Lint a text, beside which these are open.
    Lint(Arc<Snapshot>, Vec<Arc<Snapshot>>),
}

impl State {
    pub(crate) fn open(&mut self, uri: &Uri, language_id: String, version: i32, text: String, detect: Detect<'_>) {
        self.closed.retain(|closed| closed != uri);
        let open =
            Open { language_id, version, text: text.into(), snapshot: None, due: Due::No, found: None, tokens: None };
        self.open.insert(uri.clone(), open);
        self.refresh(uri, detect);
        self.mark(uri);
    }

    /// Changes a text. A version that does not grow is one that was sent twice, or out of order: it is taken all the same, for the text
    /// that it leads to is the only one there is.
    pub(crate) fn change(&mut self, uri: &Uri, version: i32, edit: impl FnOnce(&str) -> String, detect: Detect<'_>) {
        let Some(open) = self.open.get_mut(uri) else { return };
        open.text = edit(&open.text).into();
        open.version = version;
        self.refresh(uri, detect);
        if !self.wishes(uri).on_save {
            self.mark(uri);
        }
    }

    pub(crate) fn close(&mut self, uri: &Uri) {
        if self.open.remove(uri).is_some() {
            self.closed.push(uri.clone());
            self.put_off_others(uri);
        }
    }

    /// What keeps a text from being linted: a configuration file with its fault, or nothing. Gives a file that is no longer at fault, and whether
    /// what is given is new.
    pub(crate) fn blame(&mut self, uri: &Uri, fault: Option<(Uri, String)>) -> (Option<Uri>, bool) {
        // A text may be closed while it is looked at, and nobody would take back what is said of it then.
        let fault = fault.filter(|_| self.open.contains_key(uri));
        let is_new = fault.as_ref().is_some_and(|fault| !self.blamed.values().any(|known| known == fault));
        let old = match fault {
            Some(fault) => self.blamed.insert(uri.clone(), fault),
            None => self.blamed.remove(uri),
        };
        let mended = old.map(|(file, _)| file).filter(|file| !self.blamed.values().any(|(other, _)| other == file));
        (mended, is_new)
    }

    /// Everything is to be linted again.
    pub(crate) fn lint_all(&mut self) {
        for open in self.open.values_mut().filter(|open| open.snapshot.is_some()) {
            open.due = Due::Now;
            self.is_stale = true;
        }
    }

    /// Whether the client has to ask again; it counts as told.
    pub(crate) fn take_stale(&mut self) -> bool {
        self.closed.clear();
        std::mem::take(&mut self.is_stale)
    }

    /// A text is linted because somebody asked: it need not be for another reason.
    pub(crate) fn begin(&mut self, uri: &Uri) {
        if let Some(open) = self.open.get_mut(uri) {
            open.due = Due::No;
        }
    }

    /// What is asked of the server where a text lies.
    pub(crate) fn wishes(&self, uri: &Uri) -> Wishes {
        match self.open.get(uri).and_then(|open| open.snapshot.as_ref()) {
            Some(snapshot) => self.settings.of(&snapshot.folder),
            None => self.settings.of(&folder_of(&path_of(uri), &self.folders)),
        }
    }

    /// Folders or settings have changed: what is open may lie in another folder, or be for dlint no more. Gives what is not.
    pub(crate) fn reconsider(&mut self, detect: Detect<'_>) -> Vec<Uri> {
        let known = self.open.iter().filter(|(_, open)| open.snapshot.is_some());
        let known: Vec<Uri> = known.map(|(uri, _)| uri.clone()).collect();
        let uris: Vec<Uri> = self.open.keys().cloned().collect();
        for uri in &uris {
            self.refresh(uri, detect);
        }
        let is_lost = |uri: &Uri| self.open.get(uri).is_some_and(|open| open.snapshot.is_none());
        let lost: Vec<Uri> = known.into_iter().filter(is_lost).collect();
        for uri in &lost {
            self.begin(uri);
            self.is_stale = true;
        }
        self.closed.extend(lost.iter().cloned());
        self.lint_all();
        lost
    }

    fn refresh(&mut self, uri: &Uri, detect: Detect<'_>) {
        let path = path_of(uri);
        let folder = folder_of(&path, &self.folders);
        let is_wanted = self.settings.of(&folder).enable;
        let Some(open) = self.open.get_mut(uri) else { return };
        let known = open.snapshot.as_ref().map(|snapshot| snapshot.language);
        let language = known.or_else(|| detect(&path, &open.language_id, &open.text)).filter(|_| is_wanted);
        open.snapshot = language.map(|language| {
            Arc::new(Snapshot {
                uri: uri.clone(),
                folder: folder.clone(),
                path,
                language,
                version: open.version,
                text: Arc::clone(&open.text),
                document: OnceLock::new(),
                lines: OnceLock::new(),
            })
        });
    }

    /// A text is to be linted, and then those that may depend on it.
    fn mark(&mut self, uri: &Uri) {
        if let Some(open) = self.open.get_mut(uri).filter(|open| open.snapshot.is_some()) {
            open.due = Due::Now;
            self.put_off_others(uri);
        }
    }

    fn put_off_others(&mut self, uri: &Uri) {
        let others = self.open.iter_mut().filter(|(other, open)| *other != uri && open.snapshot.is_some());
        for (_, open) in others {
            open.due = open.due.max(Due::Later);
            self.is_stale = true;
        }
    }

    /// Whether something is to be done, if only once nobody types.
    pub(crate) fn has_later(&self) -> bool {
        self.open.values().any(|open| open.due == Due::Later)
    }

    /// What is to be done next: what cannot wait, and with `later` also what can. It counts as done.
    pub(crate) fn next(&mut self, later: bool) -> Option<Job> {
        if let Some(uri) = self.closed.pop() {
            return Some(Job::Clear(uri));
        }
        let least = if later { Due::Later } else { Due::Now };
        let open = self.open.values_mut().filter(|open| open.due >= least).max_by_key(|open| open.due)?;
        open.due = Due::No;
        let snapshot = Arc::clone(open.snapshot.as_ref()?);
        let others = self.others(&snapshot);
        Some(Job::Lint(snapshot, others))
    }

    /// The texts of the same folder that are open, this one among them.
    pub(crate) fn others(&self, snapshot: &Snapshot) -> Vec<Arc<Snapshot>> {
        let open = self.open.values().filter_map(|open| open.snapshot.as_ref());
        open.filter(|other| other.folder == snapshot.folder).map(Arc::clone).collect()
    }

    /// All texts that are open and for dlint, in the order of their names.
    pub(crate) fn all(&self) -> Vec<Arc<Snapshot>> {
        let mut all: Vec<_> = self.open.values().filter_map(|open| open.snapshot.clone()).collect();
        all.sort_by(|one, other| one.path.cmp(&other.path));
        all
    }

    /// The text and version of a file that is open, for dlint or not.
    pub(crate) fn text(&self, uri: &Uri) -> Option<(Arc<str>, i32)> {
        self.open.get(uri).map(|open| (Arc::clone(&open.text), open.version))
    }

    /// Whether a text lies in a folder of the workspace.
    pub(crate) fn is_in_folder(&self, snapshot: &Snapshot) -> bool {
        self.folders.contains(&snapshot.folder)
    }

    /// Keeps what was found. False if the text is no longer that one.
    pub(crate) fn keep(&mut self, uri: &Uri, found: Found) -> bool {
        match self.open.get_mut(uri) {
            Some(open) if open.version == found.version => {
                open.found = Some(found);
                true
            }
            _ => false,
        }
    }

    /// Keeps what the client is told of what pieces of a text are, and gives the name of that.
    pub(crate) fn keep_tokens(&mut self, uri: &Uri, tokens: &[SemanticToken]) -> Option<String> {
        let open = self.open.get_mut(uri)?;
        if let Some((name, _)) = open.tokens.as_ref().filter(|(_, known)| **known == *tokens) {
            return Some(name.clone());
        }
        self.named_tokens += 1;
        let name = self.named_tokens.to_string();
        open.tokens = Some((name.clone(), tokens.into()));
        Some(name)
    }

    /// What the client was told last, if it goes by that name.
    pub(crate) fn kept_tokens(&self, uri: &Uri, name: &str) -> Option<Arc<[SemanticToken]>> {
        let (known, tokens) = self.open.get(uri)?.tokens.as_ref()?;
        (known == name).then(|| Arc::clone(tokens))
    }

    /// The newest text, with what was found in it, if that is known yet.
    pub(crate) fn current(&self, uri: &Uri) -> Option<(Arc<Snapshot>, Option<Found>)> {
        let open = self.open.get(uri)?;
        let snapshot = open.snapshot.as_ref()?;
        let found = open.found.clone().filter(|found| found.version == open.version && open.due == Due::No);
        Some((Arc::clone(snapshot), found))
    }
}

/// Where a folder of the workspace is; nothing for one that is not on the disk.
pub(crate) fn folder_at(uri: &Uri) -> Option<PathBuf> {
    // The path of another scheme must not be taken for one of the disk.
    let is_file = uri.scheme().as_str().eq_ignore_ascii_case("file");
    is_file.then(|| uri.to_file_path()).flatten().map(std::borrow::Cow::into_owned)
}

/// Where a file is. What was never saved has a name all the same, from which its language may be told.
fn path_of(uri: &Uri) -> PathBuf {
    match uri.to_file_path() {
        Some(path) => path.into_owned(),
        None => PathBuf::from(uri.path().as_str()),
    }
}

/// The workspace folder that a file belongs to, the nearest where they are nested; the file's own folder where there is none.
fn folder_of(path: &Path, folders: &[PathBuf]) -> PathBuf {
    let holding = folders.iter().filter(|folder| path.starts_with(folder));
    let nearest = holding.max_by_key(|folder| folder.as_os_str().len());
    nearest.map(PathBuf::as_path).or(path.parent()).unwrap_or(path).to_owned()
}

#[cfg(test)]
mod tests;

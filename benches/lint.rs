//! How long dlint takes for a document: `cargo bench`.
//!
//! The inputs are the files under `fixtures/`; `DLINT_CORPUS=FOLDER` takes others. Figures are for all of them together.

use std::path::{Path, PathBuf};

use divan::Bencher;
use divan::counter::BytesCount;
use dlint_linter::{Config, Document, Language, NoFiles, check};
use dlint_syntax::{dockerfile, yaml};

fn main() {
    divan::main();
}

struct Input {
    path: PathBuf,
    language: Language,
    text: String,
}

fn collect(folder: &Path, inputs: &mut Vec<Input>) {
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, inputs);
        } else if let (Some(language), Ok(text)) = (Language::of_name(&path), std::fs::read_to_string(&path)) {
            inputs.push(Input { path, language, text });
        }
    }
}

fn inputs(languages: &[Language]) -> Vec<Input> {
    let folder = std::env::var_os("DLINT_CORPUS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"), PathBuf::from);
    let mut inputs = Vec::new();
    collect(&folder, &mut inputs);
    inputs.retain(|input| languages.contains(&input.language));
    inputs
}

fn size(inputs: &[Input]) -> BytesCount {
    BytesCount::new(inputs.iter().map(|input| input.text.len()).sum::<usize>())
}

#[divan::bench]
fn parse_dockerfiles(bencher: Bencher<'_, '_>) {
    let inputs = inputs(&[Language::Dockerfile]);
    bencher.counter(size(&inputs)).bench(|| {
        for input in &inputs {
            divan::black_box(dockerfile::parse(&input.text));
        }
    });
}

#[divan::bench]
fn model_dockerfiles(bencher: Bencher<'_, '_>) {
    let inputs = inputs(&[Language::Dockerfile]);
    let files: Vec<_> = inputs.iter().map(|input| dockerfile::parse(&input.text)).collect();
    bencher.counter(size(&inputs)).bench(|| {
        for file in &files {
            divan::black_box(dockerfile::Model::new(file));
        }
    });
}

#[divan::bench]
fn parse_yaml(bencher: Bencher<'_, '_>) {
    let inputs = inputs(&[Language::Compose]);
    bencher.counter(size(&inputs)).bench(|| {
        for input in &inputs {
            divan::black_box(yaml::parse(&input.text));
        }
    });
}

fn check_all(bencher: Bencher<'_, '_>, language: Language) {
    let inputs = inputs(&[language]);
    let documents: Vec<_> =
        inputs.iter().map(|input| Document::parse(&input.path, input.text.as_str(), language)).collect();
    let config = Config::default();
    bencher.counter(size(&inputs)).bench(|| {
        for document in &documents {
            divan::black_box(check(document, &config, &NoFiles));
        }
    });
}

/// Shell text is scanned on the first pass only.
#[divan::bench]
fn check_dockerfiles(bencher: Bencher<'_, '_>) {
    check_all(bencher, Language::Dockerfile);
}

#[divan::bench]
fn check_compose_files(bencher: Bencher<'_, '_>) {
    check_all(bencher, Language::Compose);
}

/// The whole path from text to findings, as after each keystroke in an editor.
#[divan::bench]
fn everything(bencher: Bencher<'_, '_>) {
    let inputs = inputs(&Language::ALL);
    let config = Config::default();
    bencher.counter(size(&inputs)).bench(|| {
        for input in &inputs {
            let document = Document::parse(&input.path, input.text.as_str(), input.language);
            divan::black_box(check(&document, &config, &NoFiles));
        }
    });
}

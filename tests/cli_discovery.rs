//! The command line: which files are linted.
#![allow(clippy::unwrap_used)]

mod support;

use support::{CLEAN, Project, few};

const UNTAGGED: &str = "FROM alpine\n";

/// The paths of the files with findings; every file of these tests has one.
fn linted(project: &Project, args: &[&str]) -> Vec<String> {
    let report = project.json(&few(args));
    let diagnostics = report["diagnostics"].as_array().unwrap();
    diagnostics.iter().map(|it| it["path"].as_str().unwrap().to_owned()).collect()
}

fn project(paths: &[&str]) -> Project {
    let project = Project::new();
    for path in paths {
        project.write(path, UNTAGGED);
    }
    project
}

#[test]
fn files_are_found_by_name_also_hidden_ones() {
    let project = project(&[
        ".devcontainer/Dockerfile",
        ".git/Dockerfile",
        "Dockerfile",
        "Dockerfile.md",
        "a/b/web.dockerfile",
        "a/Containerfile",
        "README.md",
    ]);
    let expected = [".devcontainer/Dockerfile", "Dockerfile", "a/Containerfile", "a/b/web.dockerfile"];
    assert_eq!(linted(&project, &[]), expected);
    assert_eq!(linted(&project, &["a"]), ["a/Containerfile", "a/b/web.dockerfile"]);
    assert_eq!(linted(&project, &["a/b/", "./Dockerfile"]), ["Dockerfile", "a/b/web.dockerfile"]);
}

#[test]
fn what_git_ignores_is_left_out_unless_named() {
    let project = project(&["Dockerfile", "vendor/Dockerfile", "sub/old/Dockerfile"]);
    project.write(".gitignore", "vendor/\n");
    project.write("sub/.gitignore", "old\n");
    assert_eq!(linted(&project, &[]), ["Dockerfile"]);
    assert_eq!(linted(&project, &["vendor/Dockerfile"]), ["vendor/Dockerfile"]);
    assert_eq!(linted(&project, &["vendor"]), ["vendor/Dockerfile"]);
}

#[test]
fn a_file_is_linted_once_however_often_it_is_named() {
    let project = project(&["a/Dockerfile"]);
    let absolute = project.path("a/Dockerfile");
    let args = ["a/Dockerfile", "./a/../a/Dockerfile", ".", "a", absolute.to_str().unwrap()];
    assert_eq!(linted(&project, &args), ["a/Dockerfile"]);
}

#[test]
fn a_file_outside_has_its_whole_path() {
    let project = project(&["Dockerfile", "sub/x"]);
    let mut command = project.command(&few(&["..", "--output-format", "concise", "-q"]));
    let said = support::Said::of(command.current_dir(project.path("sub"))).ends_with(1);
    let path = project.path("Dockerfile");
    assert!(said.stdout.starts_with(&format!("{}:1:6: ", path.display())), "{}", said.stdout);
}

#[test]
fn the_content_decides_about_a_doubtful_name() {
    let project = Project::with(&[("composer.yml", "require: {}\n"), ("composed.yml", "services: {}\n")]);
    let report = project.json(&few(&[]));
    assert_eq!(report["files"], 1);
    assert_eq!(report["summary"]["languages"]["compose"], 1);
}

#[test]
fn excluded_files_are_linted_only_when_named() {
    let project = project(&["Dockerfile", "legacy/Dockerfile", "x/Dockerfile.old-one"]);
    project.write("dlint.toml", "exclude = [\"legacy/\", \"*.old-one\"]\n");
    assert_eq!(linted(&project, &[]), ["Dockerfile"]);
    assert_eq!(linted(&project, &["legacy"]), [""; 0], "a folder is searched by the rules of all searches");
    assert_eq!(linted(&project, &["legacy/Dockerfile"]), ["legacy/Dockerfile"]);
    assert_eq!(linted(&project, &["--no-config"]).len(), 3);

    // As pre-commit does it: whatever was changed is named, and what is excluded is none of its business.
    let said = project.dlint(&["--force-exclude", "legacy/Dockerfile", "x/Dockerfile.old-one"]).ends_with(0);
    assert!(said.stdout.contains("Skipped `legacy/Dockerfile`, which is excluded"), "{}", said.stdout);
    assert_eq!(linted(&project, &["--force-exclude", "legacy/Dockerfile", "Dockerfile"]), ["Dockerfile"]);
    let args = few(&["-", "--stdin-filename", "legacy/Dockerfile", "--force-exclude"]);
    project.dlint_with(&args, UNTAGGED).ends_with(0);
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;

    use super::support::Project;
    use super::{CLEAN, UNTAGGED, linted, project};

    #[test]
    fn a_walk_follows_no_link_out_of_the_project() {
        let outside = Project::with(&[("Dockerfile", UNTAGGED)]);
        let project = project(&["real/Dockerfile"]);
        symlink(outside.path("Dockerfile"), project.path("Dockerfile.out")).unwrap();
        symlink(outside.path(""), project.path("folder")).unwrap();
        symlink("real", project.path("again")).unwrap();
        symlink("../", project.path("real/loop")).unwrap();
        assert_eq!(linted(&project, &[]), ["real/Dockerfile"]);
        let report = project.json(&[]);
        assert_eq!(
            report["summary"]["skipped"],
            serde_json::json!([{"path": "Dockerfile.out", "message": "is a link out of the project"}])
        );
        assert_eq!(linted(&project, &["Dockerfile.out"]), ["Dockerfile.out"], "unless it is named");
    }

    #[test]
    fn a_link_and_its_file_are_one() {
        let project = project(&["shared/base.txt", "b/Dockerfile"]);
        symlink("../shared/base.txt", project.path("b/Dockerfile.base")).unwrap();
        symlink("b/Dockerfile", project.path("Dockerfile")).unwrap();
        assert_eq!(linted(&project, &[]), ["b/Dockerfile", "b/Dockerfile.base"]);
        assert_eq!(linted(&project, &["Dockerfile", "."]), ["Dockerfile", "b/Dockerfile.base"], "as it was named");
    }

    #[test]
    fn the_language_of_a_link_is_that_of_its_name_or_its_files() {
        let project = Project::with(&[("Dockerfile", CLEAN)]);
        symlink("Dockerfile", project.path("current")).unwrap();
        assert_eq!(project.json(&["current"])["summary"]["languages"]["dockerfile"], 1);
    }
}

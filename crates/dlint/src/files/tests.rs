#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::sync::Arc;

use dlint_linter::{Files, Language};

use super::Disk;
use crate::discover::Target;
use crate::paths::Here;

#[cfg(unix)]
#[test]
fn nothing_outside_the_project_is_read() {
    let outside = tempfile::tempdir().unwrap();
    let dir = fs::canonicalize(outside.path()).unwrap();
    let project = dir.join("project");
    fs::create_dir_all(project.join("sub/.git")).unwrap();
    fs::write(dir.join("Dockerfile"), "FROM a\n").unwrap();
    fs::write(project.join("sub/Dockerfile"), "FROM b\n").unwrap();
    std::os::unix::fs::symlink("../../Dockerfile", project.join("sub/Dockerfile.link")).unwrap();
    let here = Here::at(project.join("sub"));
    let targets = [Target {
        real: project.join("sub/Dockerfile"),
        shown: "Dockerfile".into(),
        language: None,
        given: false,
        link: false,
    }];
    let disk = Disk::new(&here, &targets);
    let folder = project.join("sub");
    let view = disk.view(&folder);
    let read = |path: &str| view.document(Path::new(path), Language::Dockerfile);
    let own = read("./x/../Dockerfile");
    assert!(own.is_none(), "the folder `x` does not exist, so neither does this path");
    let own = read("./Dockerfile").unwrap();
    assert_eq!(own.path(), Path::new("Dockerfile"));
    assert!(Arc::ptr_eq(&own, &read("Dockerfile").unwrap()), "parsed once");
    assert!(read("../../Dockerfile").is_none(), "outside the project");
    assert!(read("Dockerfile.link").is_none(), "a link out of the project");
    assert!(read("/etc/hostname").is_none());
    assert!(read(".").is_none(), "a folder");
    assert!(read("x/../Dockerfile").is_none(), "nor does it later");
    assert!(view.is_checked(Path::new("./Dockerfile")));
    assert!(!view.is_checked(Path::new("../../Dockerfile")));
}

#[cfg(unix)]
#[test]
fn what_somebody_named_is_read_wherever_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let dir = fs::canonicalize(dir.path()).unwrap();
    fs::create_dir_all(dir.join("project/.git")).unwrap();
    fs::write(dir.join("Dockerfile"), "FROM a\n").unwrap();
    std::os::unix::fs::symlink("../Dockerfile", dir.join("project/Dockerfile.link")).unwrap();
    let here = Here::at(dir.join("project"));
    let shown = "Dockerfile.link".into();
    let targets = [Target { real: dir.join("Dockerfile"), shown, language: None, given: true, link: true }];
    let disk = Disk::new(&here, &targets);
    let folder = dir.join("project");
    let view = disk.view(&folder);
    for path in ["../Dockerfile", "Dockerfile.link"] {
        let document = view.document(Path::new(path), Language::Dockerfile).unwrap();
        assert_eq!(document.path(), Path::new("Dockerfile.link"), "by the name that reports use");
        assert!(view.is_checked(Path::new(path)));
    }
}

#[cfg(unix)]
#[test]
fn folders_are_listed_within_the_project() {
    let dir = tempfile::tempdir().unwrap();
    let dir = fs::canonicalize(dir.path()).unwrap();
    let project = dir.join("project");
    for folder in ["project/.git", "project/src/inner", "project/many", "outside"] {
        fs::create_dir_all(dir.join(folder)).unwrap();
    }
    for file in ["a.txt", ".env", "src/main.rs"] {
        fs::write(project.join(file), "").unwrap();
    }
    for number in 0..1100 {
        fs::write(project.join(format!("many/{number:04}")), "").unwrap();
    }
    for (target, link) in [("../outside", "out"), ("src/inner", "in"), ("gone", "dangling")] {
        std::os::unix::fs::symlink(target, project.join(link)).unwrap();
    }
    let here = Here::at(project.clone());
    let disk = Disk::new(&here, &[]);
    let open = Arc::new(dlint_linter::Document::parse("new.yaml", "", Language::Compose));
    disk.put_over(&project.join("new.yaml"), &open);
    let view = disk.view(&project);
    let names = |folder: &str, hidden| -> Vec<String> {
        let listed = view.list(Path::new(folder), hidden).into_iter();
        listed.map(|it| format!("{}{}", it.name, if it.is_folder { "/" } else { "" })).collect()
    };
    assert_eq!(names("", false), ["a.txt", "in/", "many/", "new.yaml", "src/"]);
    assert_eq!(names(".", true)[..3], [".env", ".git/", "a.txt"]);
    assert_eq!(names("src", false), ["inner/", "main.rs"]);
    assert_eq!(names("many", false).len(), 1000);
    for none in ["..", "out", "../outside", "/", "a.txt", "gone"] {
        assert_eq!(names(none, true), [""; 0], "{none}");
    }
}

#[test]
fn standard_input_goes_before_the_file_of_its_name() {
    let dir = tempfile::tempdir().unwrap();
    let dir = fs::canonicalize(dir.path()).unwrap();
    fs::write(dir.join("Dockerfile"), "FROM disk\n").unwrap();
    let here = Here::at(dir.clone());
    let disk = Disk::new(&here, &[]);
    let typed = Arc::new(dlint_linter::Document::parse("Dockerfile", "FROM typed\n", Language::Dockerfile));
    disk.put_over(&dir.join("Dockerfile"), &typed);
    let view = disk.view(&dir);
    let document = view.document(Path::new("./x/../Dockerfile"), Language::Dockerfile).unwrap();
    assert!(Arc::ptr_eq(&document, &typed));
    assert!(view.is_checked(Path::new("Dockerfile")));
}

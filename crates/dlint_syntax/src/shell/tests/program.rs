//! The program behind wrappers.

use super::{place, read};
use crate::shell::parse;

/// The name and the arguments of the program that the first command runs.
fn run(text: &str) -> Option<(String, String)> {
    let script = parse(text, 0.into());
    let program = script.commands().next()?.program()?;
    let words: Vec<_> = program.words.iter().map(|word| word.text()).collect();
    Some((program.name.into_owned(), words.join(" ")))
}

#[test]
fn programs_without_wrapper() {
    for (text, name, arguments) in [
        ("apt-get update", "apt-get", "update"),
        ("/usr/bin/apt-get -y install curl", "apt-get", "-y install curl"),
        ("A=b ./configure --prefix=/usr", "configure", "--prefix=/usr"),
        ("~/.local/bin/pip install x", "pip", "install x"),
        ("\"$VENV/bin/pip\" install x", "pip", "install x"),
        ("${HOME}/.cargo/bin/cargo build", "cargo", "build"),
        ("'apt-get' update", "apt-get", "update"),
        ("\\rm -rf /x", "rm", "-rf /x"),
        ("[ -f x ]", "[", "-f x ]"),
        (". /etc/os-release", ".", "/etc/os-release"),
        (": ignored", ":", "ignored"),
    ] {
        assert_eq!(run(text), Some((name.to_owned(), arguments.to_owned())), "{text}");
    }
}

#[test]
fn wrappers_are_skipped_with_their_options() {
    for (text, name, arguments) in [
        ("sudo apt-get update", "apt-get", "update"),
        ("sudo -E -u root -g wheel apt-get update", "apt-get", "update"),
        ("sudo --user=www-data -- A=b php x", "php", "x"),
        ("sudo -u www-data -H A=b C='d e' php x", "php", "x"),
        ("env -i PATH=/bin HOME=\"$H\" make all", "make", "all"),
        ("env -u LANG --chdir /src make", "make", ""),
        ("env - A=b make", "make", ""),
        ("exec -a name nginx -g 'daemon off;'", "nginx", "-g 'daemon off;'"),
        ("command -p ls /x", "ls", "/x"),
        ("time -p make", "make", ""),
        ("/usr/bin/time -f %e -o log make -j", "make", "-j"),
        ("nice -n 10 make", "make", ""),
        ("nice -19 make", "make", ""),
        ("ionice -c3 nice make", "make", ""),
        ("nohup server --port 80", "server", "--port 80"),
        ("timeout 5m curl x", "curl", "x"),
        ("timeout -k 5 --signal=KILL 300 curl x", "curl", "x"),
        ("xargs -0 -r -n 1 rm -rf", "rm", "-rf"),
        ("xargs -I{} -P4 cp {} /x", "cp", "{} /x"),
        ("eatmydata apt-get install -y x", "apt-get", "install -y x"),
        ("busybox wget x", "wget", "x"),
        ("chroot --userspec=a:b /mnt apk add x", "apk", "add x"),
        ("su-exec user:group node app", "node", "app"),
        ("gosu postgres initdb", "initdb", ""),
        ("setpriv --reuid=1000 --regid 1000 --init-groups bash", "bash", ""),
        ("stdbuf -oL -e 0 tail -f x", "tail", "-f x"),
        ("runuser -u postgres -- psql -c x", "psql", "-c x"),
        ("flock -n /lock make", "make", ""),
        ("tini -g -- node app", "node", "app"),
        ("sudo env A=b timeout 5 nice /usr/bin/apt-get update", "apt-get", "update"),
    ] {
        assert_eq!(run(text), Some((name.to_owned(), arguments.to_owned())), "{text}");
    }
}

#[test]
fn a_wrapper_that_runs_nothing_is_the_program() {
    for (text, name) in [
        ("sudo -v", "sudo"),
        ("sudo -l make", "sudo"),
        ("env", "env"),
        ("env A=b", "env"),
        ("env -S 'make all'", "env"),
        ("exec > log", "exec"),
        ("command -v curl", "command"),
        ("xargs", "xargs"),
        ("busybox --install -s /bin", "busybox"),
        ("chroot /mnt", "chroot"),
        ("runuser postgres -c 'psql x'", "runuser"),
        ("timeout 5", "timeout"),
        ("time", "time"),
    ] {
        assert_eq!(run(text).unwrap().0, name, "{text}");
    }
}

#[test]
fn unknown_programs_are_none() {
    for text in
        ["$CMD x", "\"$@\"", "sudo $CMD", "$(which pip) install", "A=b", "> file", "${X:-/bin/sh}", "/opt/$X", "(a)"]
    {
        let script = parse(text, 0.into());
        let first = script.all_commands().next().unwrap();
        assert!(first.program().is_none(), "{text}");
    }
}

#[test]
fn a_program_has_its_place() {
    let text = "A=b sudo -u x /usr/bin/pip install y";
    let script = read(text);
    let program = script.commands().next().unwrap().program().unwrap();
    assert_eq!(program.word.range(), place(text, "/usr/bin/pip"));
    assert_eq!(program.index, 3);
    assert!(program.is_any(&["pip", "pip3"]));
    assert!(!program.is_any(&["pip3"]));
}

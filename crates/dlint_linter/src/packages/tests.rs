#![allow(clippy::unwrap_used)]

use dlint_syntax::shell::parse;

use super::{Action, Invocation, MANAGERS, Operand};

fn with(text: &str, check: impl FnOnce(Option<&Invocation<'_>>)) {
    let script = parse(text, 0.into());
    let program = script.commands().next().unwrap().program().unwrap();
    check(Invocation::new(&program).as_ref());
}

fn action(text: &str) -> Option<(&'static str, Action)> {
    let mut found = None;
    with(text, |it| found = it.map(|it| (it.manager.name, it.action)));
    found
}

#[test]
fn actions() {
    use Action::*;
    for (text, manager, action_wanted) in [
        ("apt-get -qq install -y curl", "apt-get", Install),
        ("sudo apt update", "apt", Refresh),
        ("apt-get clean", "apt-get", Other),
        ("apt-get dist-clean", "apt-get", Clean),
        ("apk --no-cache --virtual .d add gcc", "apk", Install),
        ("dnf group install x", "dnf", Install),
        ("dnf -y clean all", "dnf", Clean),
        ("zypper -n --gpg-auto-import-keys ref", "zypper", Refresh),
        ("pacman -Syu --noconfirm", "pacman", Upgrade),
        ("pacman -Sy git", "pacman", Install),
        ("pacman -Scc", "pacman", Clean),
        ("pacman -Q git", "pacman", Other),
        ("pip3.12 install -r requirements.txt", "pip", Sync),
        ("python3 -u -m pip install x", "pip", Install),
        ("$VENV/bin/pip install x", "pip", Install),
        ("uv pip install x", "uv", Install),
        ("uv pip list", "uv", Other),
        ("npm --prefix app ci", "npm", Sync),
        ("npm i", "npm", Sync),
        ("npm i -g x", "npm", Install),
        ("npm cache clean --force", "npm", Clean),
        ("yarn", "yarn", Sync),
        ("yarn --frozen-lockfile", "yarn", Sync),
        ("yarn build", "yarn", Other),
        ("go build -ldflags '-s -w' -o /x ./cmd", "go", Build),
        ("go install -tags a,b example.com/x@v1", "go", Install),
        ("cargo +nightly install x --version 1", "cargo", Install),
        ("bundle", "bundle", Sync),
        ("bundle exec rake", "bundle", Other),
        ("mvn -q dependency:go-offline", "mvn", Build),
        ("mamba install -y x", "conda", Install),
    ] {
        assert_eq!(action(text), Some((manager, action_wanted)), "{text}");
    }
    for text in [
        "apt-cache search x",
        "python3 x.py",
        "python -m venv x",
        "npm --version",
        "pip-compile",
        "apt-get -s install x",
    ] {
        assert_eq!(action(text), None, "{text}");
    }
}

#[test]
fn operands() {
    for (text, wanted) in [
        ("apt-get install -t bookworm -o X=y curl=7 ./x.deb", vec!["curl=7", "./x.deb"]),
        ("apk add -t .deps --repository http://x gcc", vec!["gcc"]),
        ("pip install -r a.txt -c b.txt --index-url http://x flask", vec!["flask"]),
        ("dnf --installroot /x --setopt a=b -y install nginx", vec!["nginx"]),
        ("go install -ldflags -s example.com/x@latest", vec!["example.com/x@latest"]),
        ("cargo +stable install --root /x ripgrep", vec!["ripgrep"]),
        ("yarn global add x", vec!["x"]),
    ] {
        with(text, |it| {
            let found: Vec<_> = it.unwrap().operands().map(|word| word.unquoted().into_owned()).collect();
            assert_eq!(found, wanted, "{text}");
        });
    }
}

#[test]
fn pins() {
    use Operand::*;
    for (manager, text, wanted) in [
        ("apt-get", "curl", Bare),
        ("apt-get", "g++", Bare),
        ("apt-get", "curl=7.*", Pinned),
        ("apt-get", "curl/bookworm", Pinned),
        ("apt-get", "./curl.deb", NotNamed),
        ("apt-get", "vim-", NotNamed),
        ("apk", "curl", Bare),
        ("apk", "curl@edge", Bare),
        ("apk", "curl~8", Pinned),
        ("apk", "curl<9", Pinned),
        ("dnf", "java-11-openjdk", Bare),
        ("dnf", "nginx", Bare),
        ("dnf", "nginx-1.20.1", Pinned),
        ("dnf", "nginx-1.20.1-4.el9.x86_64", Pinned),
        ("dnf", "@development-tools", NotNamed),
        ("dnf", "@nodejs:18", Pinned),
        ("dnf", "https://x/y.rpm", NotNamed),
        ("zypper", "curl=8", Pinned),
        ("zypper", "pattern:devel", Bare),
        ("pip", "flask", Bare),
        ("pip", "flask[async]", Bare),
        ("pip", "flask==3", Pinned),
        ("pip", ".[dev]", NotNamed),
        ("pip", "git+https://x/y", Moving),
        ("pip", "git+https://u@x/y", Moving),
        ("pip", "git+https://x/y@v1", Pinned),
        ("pip", "x @ https://a/b.whl", NotNamed),
        ("npm", "typescript", Bare),
        ("npm", "typescript@5", Pinned),
        ("npm", "typescript@latest", Moving),
        ("npm", "@types/node", Bare),
        ("npm", "@types/node@^22", Pinned),
        ("npm", "./x", NotNamed),
        ("npm", "https://x/y.tgz", NotNamed),
        ("npm", "user/repo", Moving),
        ("npm", "git+https://x/y.git#v1", Pinned),
        ("gem", "rails", Bare),
        ("gem", "rails:7", Pinned),
        ("go", "example.com/x@v1.2.3", Pinned),
        ("go", "example.com/x@latest", Moving),
        ("go", "example.com/x@0123abcd", Pinned),
        ("go", "example.com/x", Bare),
        ("go", "./cmd/x", NotNamed),
        ("go", "main.go", NotNamed),
        ("cargo", "ripgrep@14", Pinned),
        ("composer", "a/b", Bare),
        ("composer", "a/b:^1", Pinned),
        ("composer", "^1", NotNamed),
        ("pecl", "redis-6.0.2", Pinned),
        ("pecl", "redis", Bare),
        ("pecl", "xdebug-beta", Moving),
    ] {
        let manager = MANAGERS.iter().find(|it| it.name == manager).unwrap();
        assert_eq!((manager.pins.unwrap().read)(text), wanted, "{} {text}", manager.name);
    }
}

#[test]
fn every_manager_is_described() {
    for manager in MANAGERS {
        assert!(!manager.name.is_empty() && !manager.programs.is_empty());
        assert!(manager.by_letters.is_some() || !manager.subcommands.is_empty(), "{}", manager.name);
        assert!(
            manager.cache.is_none_or(|cache| !cache.paths.is_empty() && !cache.left_by.is_empty()),
            "{}",
            manager.name
        );
    }
}

//! Users as `USER` in a Dockerfile and `user` in Compose name them, and the programs that create them.

use dlint_syntax::shell::OptionSpec;

/// The options of `useradd` that take a value. Source: useradd(8) of shadow 4.17.
pub(crate) const USERADD: OptionSpec = OptionSpec::new(
    "bcdefgGkKpPRsuZ",
    &[
        "base-dir",
        "comment",
        "home-dir",
        "home",
        "expiredate",
        "inactive",
        "gid",
        "groups",
        "key",
        "password",
        "prefix",
        "root",
        "shell",
        "skel",
        "uid",
        "selinux-user",
        "selinux-range",
    ],
);

/// The options of `usermod` that take a value. Source: usermod(8) of shadow 4.17.
pub(crate) const USERMOD: OptionSpec = OptionSpec::new(
    "bcdefgGlpPRsuvVwWZ",
    &[
        "comment",
        "home",
        "expiredate",
        "inactive",
        "gid",
        "groups",
        "login",
        "password",
        "prefix",
        "root",
        "shell",
        "uid",
        "add-subuids",
        "del-subuids",
        "add-subgids",
        "del-subgids",
        "selinux-user",
        "selinux-range",
    ],
);

/// The options of `adduser` and `addgroup` that take a value: those of Debian and of BusyBox; in Fedora `adduser` is `useradd`. Source: adduser(8),
/// BusyBox's `adduser --help`.
pub(crate) const ADDUSER: OptionSpec = OptionSpec::new(
    "bcdefgGhkKpPRsuZ",
    &[
        "comment", "conf", "firstgid", "firstuid", "gecos", "gid", "groups", "home", "home-dir", "ingroup", "lastgid",
        "lastuid", "shell", "skel", "uid",
    ],
);

/// A user reference taken apart: `user[:group]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UserSpec<'t> {
    /// A name or a number.
    pub user: &'t str,
    /// A name or a number.
    pub group: Option<&'t str>,
}

impl<'t> UserSpec<'t> {
    /// Takes a reference apart.
    pub fn new(text: &'t str) -> Self {
        let text = text.trim();
        match text.split_once(':') {
            Some((user, group)) => Self { user, group: Some(group).filter(|group| !group.is_empty()) },
            None => Self { user: text, group: None },
        }
    }

    /// Whether the user is uid 0, whatever the group: `root`, or a number that is 0 however it is written. The engine
    /// reads a name first and then a decimal number with an optional sign, so `00` and `-0` are root too.
    /// `ContainerAdministrator` is what root is on Windows.
    pub fn is_root(&self) -> bool {
        let digits = self.user.strip_prefix(['+', '-']).unwrap_or(self.user);
        self.user == "root"
            || (!digits.is_empty() && digits.bytes().all(|byte| byte == b'0'))
            || self.user.eq_ignore_ascii_case("ContainerAdministrator")
    }
}

#[cfg(test)]
mod tests {
    use super::UserSpec;

    #[test]
    fn knows_root_however_it_is_written() {
        for user in ["root", "0", "00", "0:1000", "root:app", "-0", "+0", " root ", "ContainerAdministrator"] {
            assert!(UserSpec::new(user).is_root(), "{user}");
        }
        for user in ["app", "1000", "1000:0", "10", "rootless", "", "Root"] {
            assert!(!UserSpec::new(user).is_root(), "{user}");
        }
    }
}

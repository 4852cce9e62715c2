//! What a service of a Compose file gives by name: variables, arguments of builds, labels, options.

use std::cell::OnceCell;

use dlint_syntax::TextRange;

use crate::compose::{NoEnvironment, Pair, Place, Scalar, Service, interpolate};
use crate::rule::Context;
use crate::secrets::is_guessable;

/// A value with its name, written in the checked file.
#[derive(Debug, Clone)]
pub(crate) struct Given {
    /// The name.
    pub(crate) name: String,
    /// The value, as it is without anything from outside of the file.
    pub(crate) text: String,
    /// Where the value is written.
    pub(crate) place: TextRange,
    /// The alias or merge key by which it came.
    pub(crate) alias: Option<Place>,
}

/// The pairs with names of a kind that are written in the checked file and whose values are known without the variables of its
/// surroundings.
pub(crate) fn given<'p>(
    pairs: &'p [Pair],
    is_name: impl Fn(&str) -> bool + 'p,
    cx: &'p Context<'_>,
) -> impl Iterator<Item = Given> + 'p {
    pairs.iter().filter_map(move |pair| {
        let value = pair.value.as_ref()?;
        let place = value.place.in_checked()?;
        let name = pair.key.known().filter(|name| is_name(name))?;
        Some(Given { name: name.to_owned(), text: written(value, cx)?, place, alias: pair.alias })
    })
}

/// What a file itself gives as a value: what comes out of `.env` or another place that is not for everybody's eyes is not written in it, the default
/// of a variable is.
fn written(value: &Scalar, cx: &Context<'_>) -> Option<String> {
    value.place.in_checked()?;
    let text = cx.text(value.inner_range());
    if value.is_literal || !text.contains('$') {
        return value.known().map(str::to_owned);
    }
    interpolate(text, &NoEnvironment).value().known().map(str::to_owned)
}

/// Words that a service's passwords are made of where nobody thinks of another. Few services have anything to compare with them.
pub(crate) struct WordsNear<'s, 'a> {
    service: &'s Service<'a>,
    words: OnceCell<Vec<String>>,
}

impl<'s, 'a> WordsNear<'s, 'a> {
    /// Those of a service.
    pub(crate) fn new(service: &'s Service<'a>) -> Self {
        Self { service, words: OnceCell::new() }
    }

    /// Whether a password is one that everybody tries first who sees the service; `name` is what the password goes by.
    pub(crate) fn may_guess(&self, value: &str, name: Option<&str>) -> bool {
        // Most are made of words that are tried everywhere, and need no others.
        is_guessable(value, name.as_slice()) || {
            let words = self.words.get_or_init(|| words_near(self.service)).iter().map(String::as_str);
            is_guessable(value, &words.chain(name).collect::<Vec<_>>())
        }
    }
}

/// The service's name, its image's, and those of its users and databases.
fn words_near(service: &Service<'_>) -> Vec<String> {
    let image = service.image().and_then(|image| image.known().map(str::to_owned));
    let is_name = |pair: &&Pair| {
        let key = pair.key.known().unwrap_or_default().to_ascii_uppercase();
        ["USER", "DB", "DATABASE", "NAME", "LOGIN", "SCHEMA", "HOST"].iter().any(|word| key.contains(word))
            && !key.contains("PASS")
    };
    let names = service.environment().iter().filter(is_name).take(16);
    let names =
        names.filter_map(|pair| pair.value.as_ref()?.known().map(str::to_owned)).filter(|name| name.len() <= 40);
    [service.name.to_string()].into_iter().chain(image).chain(names).collect()
}

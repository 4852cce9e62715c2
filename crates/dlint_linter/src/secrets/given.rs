//! What a service of a Compose file gives by name: variables, arguments of builds, labels, options.

use dlint_syntax::TextRange;

use crate::compose::{NoEnvironment, Pair, Place, Scalar, Service, interpolate};
use crate::rule::Context;

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

/// The pairs that are written in the checked file and whose values are known without the variables of its surroundings.
pub(crate) fn given<'p>(pairs: &'p [Pair], cx: &'p Context<'_>) -> impl Iterator<Item = Given> + 'p {
    pairs.iter().filter_map(|pair| {
        let value = pair.value.as_ref()?;
        let place = value.place.in_checked()?;
        Some(Given { name: pair.key.known()?.to_owned(), text: written(value, cx)?, place, alias: pair.alias })
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

/// Words that a service's passwords are made of where nobody thinks of another: its name, its image's, and those of its users and databases.
pub(crate) fn words_near(service: &Service<'_>) -> Vec<String> {
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

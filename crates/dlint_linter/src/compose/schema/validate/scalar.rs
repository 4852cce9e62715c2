//! What the schema refuses in single values, and in the variables in them.

use dlint_syntax::dockerfile::Value;
use dlint_syntax::suggest::nearest;
use dlint_syntax::text::{CompactString, has_byte};
use dlint_syntax::yaml::{self, View};

use super::{Walk, is_reset, shorten};
use crate::compose::interpolate::{InvalidFormat, evaluate_only, interpolate};
use crate::compose::node::Node;
use crate::compose::schema::fault::FaultKind;
use crate::compose::schema::format::fault_of_text;
use crate::compose::schema::when::{Refused, is_counted_at_end, when};
use crate::compose::schema::{Format, Scalar, Shape, Types};

impl Walk<'_> {
    pub(super) fn scalar(&mut self, view: View<'_>, shape: &'static Shape) {
        let Some(scalar) = view.scalar() else { return };
        let text = view.text().unwrap_or_default();
        if scalar == yaml::Scalar::Null {
            let is_wanted = self.is_whole
                || self.path == ["services"]
                || self.path == ["version"]
                || self.is_read_anywhere(FaultKind::WrongType, None);
            if !shape.null && is_wanted && !self.path.is_empty() {
                let message = format!("{} has no value", self.subject());
                let range = if view.range().is_empty() { self.key_before(view) } else { view.range() };
                self.fault(FaultKind::WrongType, range, message).help =
                    Some("Give it one, or leave the key out".to_owned());
            }
            return;
        }
        let Some(wanted) = shape.scalar else {
            return self.wrong(view, shape, scalar.described());
        };
        if !has_byte(text, b'$') {
            return self.literal(view, scalar, text, wanted, shape);
        }
        let result = evaluate_only(text, &*self.layer.env);
        self.unreadable(view, text, &result.errors);
        // What a variable gives is a text, whatever it looks like.
        if !wanted.types.contain(Types::STRING) {
            if result.errors.is_empty() {
                let message = format!("{} has to be {}, and is a string", self.subject(), shape.described());
                let has_variable = !interpolate(text, &*self.layer.env).references.is_empty();
                let fault = self.fault(FaultKind::WrongType, view.range(), message);
                fault.needs_variables = wanted.read_late.contain(Types::STRING);
                if has_variable {
                    fault.help = Some("Compose makes a string of a variable here, whatever its value".to_owned());
                }
            }
        } else if let Value::Known(known) = result.value() {
            self.text(view, &known, wanted);
        } else if matches!(wanted.format, Format::Port | Format::Mount) && result.errors.is_empty() {
            // What stands around a variable may be wrong whatever that comes to.
            self.text(view, text, wanted);
        }
    }

    /// Checks the variables in a value that Compose itself does not look at: it replaces them there too.
    pub(super) fn variables(&mut self, value: View<'_>) {
        let mut left = vec![value];
        while let Some(view) = left.pop() {
            // What an alias stands for is checked where it is written.
            if view.alias().is_some() || is_reset(view) {
                continue;
            }
            left.extend(view.items());
            left.extend(view.own_entries().map(|entry| entry.value));
            if let Some(text) = view.text().filter(|text| has_byte(text, b'$')) {
                let errors = evaluate_only(text, &*self.layer.env).errors;
                self.unreadable(view, text, &errors);
            }
        }
    }

    fn unreadable(&mut self, view: View<'_>, text: &str, errors: &[InvalidFormat]) {
        for error in errors {
            let range = inside(view, text, error.range.clone());
            let message = format!("Compose cannot read the variable `{}`", shorten(&text[error.range.clone()]));
            let fault = self.fault(FaultKind::InvalidValue, range, message);
            fault.help = Some(
                "Write `${NAME}`, with one of `:-`, `-`, `:?`, `?`, `:+` and `+` behind the name; `$$` is a dollar sign"
                    .to_owned(),
            );
            fault.refused = Refused::InFile;
        }
    }

    fn literal(&mut self, view: View<'_>, scalar: yaml::Scalar, text: &str, wanted: Scalar, shape: &'static Shape) {
        if !wanted.types.allow(scalar) {
            let message = format!("{} has to be {}, and is {}", self.subject(), shape.described(), scalar.described());
            let is_string = shape.scalar.is_some_and(|it| it.types.contain(Types::STRING));
            let refused = when(&self.path, wanted.format);
            let fault = self.fault(FaultKind::WrongType, view.range(), message);
            fault.needs_variables = wanted.read_late.allow(scalar);
            if refused == Refused::InProject && scalar == yaml::Scalar::Str {
                fault.refused = refused;
            }
            if is_string {
                fault.help = Some("Put it in quotes".to_owned());
                let fits = fault_of_text(text, wanted.format).is_none();
                fault.suggestion = fits.then(|| format!("\"{text}\""));
            }
            return;
        }
        let format = match wanted.format {
            Format::Percent => Format::Integer { min: 0, max: 100 },
            format => format,
        };
        match (scalar, format) {
            (yaml::Scalar::Int(number), Format::Integer { min, max })
                if !(i128::from(min)..=i128::from(max)).contains(&number) =>
            {
                let bounds = match (min, max) {
                    (min, i64::MAX) => format!("from {min} on"),
                    (min, max) => format!("from {min} to {max}"),
                };
                let message = format!("{} cannot be {number}", self.subject());
                let is_at_end = is_counted_at_end(&self.path);
                let fault = self.fault(FaultKind::InvalidValue, view.range(), message);
                fault.help = Some(format!("Write a number {bounds}"));
                if is_at_end {
                    fault.refused = Refused::InProject;
                }
            }
            (yaml::Scalar::Int(number), Format::PositiveSize) if number < 0 => {
                let message = format!("{} cannot be {number}", self.subject());
                self.fault(FaultKind::InvalidValue, view.range(), message);
            }
            (yaml::Scalar::Str, _) | (yaml::Scalar::Int(_), Format::Port | Format::Mount) => {
                self.text(view, text, wanted);
            }
            _ => {}
        }
    }

    fn text(&mut self, view: View<'_>, text: &str, wanted: Scalar) {
        let node = || Node::written(view, self.layer.clone());
        let found = match wanted.format {
            Format::Port => crate::compose::port::refused(&node()),
            Format::Mount => crate::compose::volume::refused(&node()),
            format => fault_of_text(text, format).map(|fault| (self.at(view.range()), fault)),
        };
        let Some((place, what)) = found else { return };
        let values = match wanted.format {
            Format::OneOf(values) | Format::OneOfOrEmpty(values) => values,
            _ => &[],
        };
        let subject = self.subject();
        let is_number = is_counted_at_end(&self.path) && text.parse::<i64>().is_ok();
        let refused = if is_number { Refused::InProject } else { when(&self.path, wanted.format) };
        let near = nearest(text, values.iter().copied());
        // These are read when they are known, unless a port is a number; and so is what a text is to come to.
        let is_late = matches!(wanted.format, Format::Port | Format::Device | Format::Pair | Format::OneOfOrEmpty(_))
            && view.as_str().is_some();
        let fault = self.fault(
            FaultKind::InvalidValue,
            place.range,
            format!("{subject} cannot be `{}`: {}", shorten(text), what.message),
        );
        fault.help = near.map(|near| format!("Did you mean `{near}`?")).or(what.help);
        fault.suggestion = near.map(str::to_owned);
        fault.needs_variables = is_late || refused != Refused::SoFar;
        if refused != Refused::SoFar {
            fault.refused = refused;
        }
    }

    /// A text with its variables replaced, if they are known.
    pub(super) fn known(&self, text: &str) -> Option<CompactString> {
        if !has_byte(text, b'$') {
            return Some(text.into());
        }
        match evaluate_only(text, &*self.layer.env).value() {
            Value::Known(value) => Some(value),
            Value::Unknown => None,
        }
    }

    /// The key that an empty value belongs to, or its own place.
    fn key_before(&self, view: View<'_>) -> dlint_syntax::TextRange {
        let text = view.yaml().text();
        let end = usize::from(view.range().start());
        let line_start = text[..end].rfind('\n').map_or(0, |at| at + 1);
        let line = &text[line_start..end];
        let Some(name) = self.path.last().filter(|name| *name != "[]") else { return view.range() };
        match line.rfind(&**name) {
            Some(at) => dlint_syntax::text::range(line_start + at..line_start + at + name.len()),
            None => view.range(),
        }
    }
}

/// The place of a part of a scalar's text.
fn inside(view: View<'_>, text: &str, part: std::ops::Range<usize>) -> dlint_syntax::TextRange {
    let range = view.range();
    let written = &view.yaml().text()[range];
    match written.find(text).filter(|_| !text.is_empty()) {
        Some(at) => dlint_syntax::text::range(at + part.start..at + part.end) + range.start(),
        None => range,
    }
}

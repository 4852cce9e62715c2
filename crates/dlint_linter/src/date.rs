//! Days of the calendar.

use std::fmt;
use std::str::FromStr;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

/// A day, as `2026-05-01`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(with = "String"))]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day of that year, month (from 1) and day of the month (from 1); `None` if there is none.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if is_leap => 29,
            2 => 28,
            _ => return None,
        };
        (1..=days).contains(&day).then_some(Self { year, month, day })
    }

    /// The day that many days after 1970-01-01, up to the year 9999.
    ///
    /// Source: the algorithm `civil_from_days` of Howard Hinnant's "chrono-compatible low-level date algorithms".
    pub fn from_unix_days(days: u32) -> Option<Self> {
        // Days since 0000-03-01, so that the leap day is the last of its year.
        let days = u64::from(days) + 719_468;
        let (era, of_era) = (days / 146_097, days % 146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let year = year_of_era + era * 400 + u64::from(month <= 2);
        if year > 9999 {
            return None;
        }
        Self::new(year as u16, month as u8, day as u8)
    }
}

impl FromStr for Date {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let date = || {
            let mut parts = text.split('-');
            let mut number = |length: usize| {
                let part =
                    parts.next().filter(|it| it.len() == length && it.bytes().all(|byte| byte.is_ascii_digit()))?;
                part.parse::<u16>().ok()
            };
            let (year, month, day) = (number(4)?, number(2)?, number(2)?);
            if parts.next().is_some() { None } else { Self::new(year, month as u8, day as u8) }
        };
        date().ok_or_else(|| format!("`{text}` is not a day, such as 2026-05-01"))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// TOML has days of its own; elsewhere they are text.
impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Day;

        impl<'de> Visitor<'de> for Day {
            type Value = Date;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a day, such as 2026-05-01")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Date, E> {
                text.parse().map_err(E::custom)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Date, A::Error> {
                let value = toml::value::Datetime::deserialize(MapAccessDeserializer::new(map))?;
                value.try_into().map_err(A::Error::custom)
            }
        }

        deserializer.deserialize_any(Day)
    }
}

impl TryFrom<toml::value::Datetime> for Date {
    type Error = String;

    fn try_from(value: toml::value::Datetime) -> Result<Self, String> {
        match (value.date, value.time) {
            (Some(date), None) => Self::new(date.year, date.month, date.day),
            _ => None,
        }
        .ok_or_else(|| format!("`{value}` is not a day, such as 2026-05-01"))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::Date;

    #[test]
    fn days_are_read_and_written() {
        let day: Date = "2024-02-29".parse().unwrap();
        assert_eq!(day.to_string(), "2024-02-29");
        assert!(day < "2024-03-01".parse().unwrap());
        for wrong in ["2023-02-29", "2024-2-1", "2024-13-01", "today", "2024-01-01-01", "", "24-01-01"] {
            assert!(wrong.parse::<Date>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn days_are_counted() {
        let of = |days| Date::from_unix_days(days).unwrap().to_string();
        assert_eq!(of(0), "1970-01-01");
        assert_eq!(of(59), "1970-03-01");
        assert_eq!(of(11_016), "2000-02-29");
        assert_eq!(of(19_782), "2024-02-29");
        assert_eq!(of(20_454), "2026-01-01");
        assert_eq!(Date::from_unix_days(u32::MAX), None);
    }
}

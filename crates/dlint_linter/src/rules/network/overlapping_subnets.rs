//! `overlapping-subnets`: networks that take addresses from each other.

use crate::daemon::net::Prefix;
use crate::daemon::{AddressPool, DaemonConfig};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "overlapping-subnets",
    summary: "Networks that take addresses from each other",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("overlapping_subnets.md"),
    on: &[On::Daemon(daemon)],
};

/// More pools than anybody has; comparing all with all takes the square of that.
const MOST: usize = 256;

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    let pools: Vec<(AddressPool<'_>, Prefix)> =
        config.address_pools().into_iter().filter_map(|pool| Some((pool, pool.prefix?))).take(MOST).collect();
    for (index, (pool, prefix)) in pools.iter().enumerate() {
        let larger = pools.iter().enumerate().find(|(other, (_, network))| {
            // Of two equal ones, the first is used.
            network.contains_network(prefix) && (network.length < prefix.length || *other < index)
        });
        if let Some((_, (other, network))) = larger {
            let is_same = network.length == prefix.length;
            let message = if is_same {
                format!("the pool `{prefix}` is written twice, and only the first is used")
            } else {
                format!("the pool `{prefix}` is a part of the pool `{network}` and is never used")
            };
            cx.report(pool.base.value_range(), message)
                .related(other.base.value_range(), if is_same { "the first one" } else { "the whole" })
                .help("Remove it, or choose a network of its own");
        }
    }
    let bridge = config.setting("bip").and_then(|bip| Some((bip, Prefix::parse(bip.as_str()?)?)));
    let Some((bip, bridge)) = bridge else { return };
    for (pool, prefix) in pools.iter().filter(|(_, prefix)| bridge.contains_network(prefix)) {
        cx.report(pool.base.value_range(), format!("nothing is left of the pool `{prefix}` beside the default network"))
            .related(bip.value_range(), "the default network has all of it");
    }
}

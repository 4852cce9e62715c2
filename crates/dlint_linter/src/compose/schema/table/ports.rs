//! The keys of `ports`.

use super::shapes::{COUNT, PUBLISHED, STRING, usually};
use super::{Object, USUAL, keys, list};
use crate::compose::schema::{Format, Shape, Types};

pub(super) const PORTS: Shape =
    list!(Shape::scalar(Types::STRING.or(Types::WHOLE), Format::Port).or(Shape::object(&PORT)));

/// Ports that are not published.
pub(super) const EXPOSED: Shape = list!(Shape::scalar(Types::STRING.or(Types::WHOLE), Format::Text));

static PORT: Object = Object {
    name: "a port",
    keys: keys! {
        "app_protocol" STRING, "services/#ports",
            "The protocol that the application speaks: `http`. A hint for tools.", [since("2.26.0")];
        "host_ip" Shape::scalar(Types::STRING, Format::IpAddress), "services/#ports",
            "The address of the host where the port is published. Without it, all addresses.";
        "mode" usually(&["host", "ingress"]), "services/#ports",
            "In a Swarm, `host` publishes the port on the node of each container, `ingress` (the default) on all nodes.";
        "name" STRING, "services/#ports",
            "A name for the port, to document it.";
        "protocol" usually(&["tcp", "udp", "sctp"]), "services/#ports",
            "`tcp` (the default), `udp` or `sctp`.";
        "published" PUBLISHED, "services/#ports",
            "The port on the host, or a range from which the engine picks one. Without it, any free port.";
        "target" COUNT, "services/#ports",
            "The port in the container.", [required()];
    },
    ..USUAL
};

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use super::{Entry, Key, Mapping, Object, Shape, TOP, at};
use crate::compose::testing::with_project_at;

/// The keys of each object, as the Compose specification and compose-go have them.
const KEYS: &[(&[&str], &str)] = &[
    (&[], "configs include jobs models name networks secrets services version volumes"),
    (
        &["services", "web"],
        "annotations attach blkio_config build cap_add cap_drop cgroup cgroup_parent command configs container_name cpu_count \
         cpu_percent cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares cpus cpuset credential_spec depends_on deploy develop \
         device_cgroup_rules devices dns dns_opt dns_search domainname entrypoint env_file environment expose extends external_links \
         extra_hosts gpus group_add healthcheck hostname image init ipc isolation label_file labels links logging mac_address mem_limit \
         mem_reservation mem_swappiness memswap_limit models network_mode networks oom_kill_disable oom_score_adj pid pids_limit \
         platform ports post_start pre_start pre_stop privileged profiles provider pull_policy pull_refresh_after read_only restart \
         runtime scale secrets security_opt shm_size stdin_open stop_grace_period stop_signal storage_opt sysctls tmpfs tty ulimits \
         use_api_socket user userns_mode uts volumes volumes_from working_dir",
    ),
    (
        &["services", "web", "build"],
        "additional_contexts args cache_from cache_to context dockerfile dockerfile_inline entitlements extra_hosts isolation labels \
         network no_cache no_cache_filter platforms privileged provenance pull sbom secrets shm_size ssh tags target ulimits",
    ),
    (&["services", "web", "healthcheck"], "disable interval retries start_interval start_period test timeout"),
    (&["services", "web", "develop"], "watch"),
    (&["services", "web", "develop", "watch", "[]"], "action exec ignore include initial_sync path target"),
    (&["services", "web", "logging"], "driver options"),
    (
        &["services", "web", "blkio_config"],
        "device_read_bps device_read_iops device_write_bps device_write_iops weight weight_device",
    ),
    (&["services", "web", "blkio_config", "device_read_bps", "[]"], "path rate"),
    (&["services", "web", "blkio_config", "weight_device", "[]"], "path weight"),
    (&["services", "web", "credential_spec"], "config file registry"),
    (&["services", "web", "depends_on", "db"], "condition required restart"),
    (
        &["services", "web", "networks", "back"],
        "aliases driver_opts gw_priority interface_name ipv4_address ipv6_address link_local_ips mac_address priority",
    ),
    (&["services", "web", "models", "llm"], "endpoint_var model_var"),
    (&["services", "web", "ports", "[]"], "app_protocol host_ip mode name protocol published target"),
    (&["services", "web", "volumes", "[]"], "bind consistency image read_only source target tmpfs type volume"),
    (&["services", "web", "volumes", "[]", "bind"], "create_host_path propagation recursive selinux"),
    (&["services", "web", "volumes", "[]", "volume"], "labels nocopy subpath"),
    (&["services", "web", "volumes", "[]", "tmpfs"], "mode size"),
    (&["services", "web", "volumes", "[]", "image"], "subpath"),
    (&["services", "web", "devices", "[]"], "permissions source target"),
    (&["services", "web", "extends"], "file service"),
    (&["services", "web", "provider"], "options type"),
    (&["services", "web", "env_file", "[]"], "format path required"),
    (&["services", "web", "secrets", "[]"], "gid mode source target uid"),
    (&["services", "web", "configs", "[]"], "gid mode source target uid"),
    (&["services", "web", "build", "secrets", "[]"], "gid mode source target uid"),
    (&["services", "web", "ulimits", "nofile"], "hard soft"),
    (&["services", "web", "build", "ulimits", "nofile"], "hard soft"),
    (&["services", "web", "post_start", "[]"], "command environment privileged user working_dir"),
    (&["services", "web", "pre_stop", "[]"], "command environment privileged user working_dir"),
    (&["services", "web", "develop", "watch", "[]", "exec"], "command environment privileged user working_dir"),
    (&["services", "web", "gpus", "[]"], "capabilities count device_ids driver options"),
    (
        &["services", "web", "deploy"],
        "endpoint_mode labels mode placement replicas resources restart_policy rollback_config update_config",
    ),
    (&["services", "web", "deploy", "resources"], "limits reservations"),
    (&["services", "web", "deploy", "restart_policy"], "condition delay max_attempts window"),
    (
        &["services", "web", "deploy", "update_config"],
        "delay failure_action max_failure_ratio monitor order parallelism",
    ),
    (
        &["services", "web", "deploy", "rollback_config"],
        "delay failure_action max_failure_ratio monitor order parallelism",
    ),
    (&["services", "web", "deploy", "placement"], "constraints max_replicas_per_node preferences"),
    (&["services", "web", "deploy", "placement", "preferences", "[]"], "spread"),
    (&["services", "web", "deploy", "resources", "limits"], "cpus memory pids"),
    (&["services", "web", "deploy", "resources", "reservations"], "cpus devices generic_resources memory"),
    (
        &["services", "web", "deploy", "resources", "reservations", "devices", "[]"],
        "capabilities count device_ids driver options",
    ),
    (&["services", "web", "deploy", "resources", "reservations", "generic_resources", "[]"], "discrete_resource_spec"),
    (&["networks", "back"], "attachable driver driver_opts enable_ipv4 enable_ipv6 external internal ipam labels name"),
    (&["networks", "back", "ipam"], "config driver options"),
    (&["networks", "back", "ipam", "config", "[]"], "aux_addresses gateway ip_range subnet"),
    (&["networks", "back", "external"], "name"),
    (&["volumes", "data"], "driver driver_opts external labels name"),
    (&["secrets", "token"], "driver driver_opts environment external file labels name template_driver"),
    (&["configs", "site"], "content environment external file labels name template_driver"),
    (&["models", "llm"], "context_size model name runtime_flags"),
    (&["include", "[]"], "env_file path project_directory"),
    (&["jobs", "backup", "triggers"], "manual schedule"),
    (&["jobs", "backup", "triggers", "schedule", "[]"], "concurrency cron missed_fires timezone"),
];

fn object_at(path: &[&str]) -> &'static Object {
    at(path).and_then(|entry| entry.object()).unwrap_or_else(|| panic!("no object at {path:?}"))
}

/// All objects, each with a path to it.
fn objects() -> Vec<(Vec<&'static str>, &'static Object)> {
    fn walk(
        shape: &'static Shape,
        path: &mut Vec<&'static str>,
        found: &mut Vec<(Vec<&'static str>, &'static Object)>,
        seen: &mut BTreeSet<*const Object>,
    ) {
        if let Some(list) = shape.list {
            path.push("[]");
            walk(&list.item, path, found, seen);
            path.pop();
        }
        match shape.mapping {
            Some(Mapping::Free { value, .. }) => {
                path.push("any");
                walk(value, path, found, seen);
                path.pop();
            }
            Some(Mapping::Object(object)) if seen.insert(object) => {
                found.push((path.clone(), object));
                for key in object.keys {
                    path.push(key.name);
                    walk(&key.shape, path, found, seen);
                    path.pop();
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(&TOP, &mut Vec::new(), &mut found, &mut BTreeSet::new());
    found
}

#[test]
fn objects_have_the_keys_of_the_specification() {
    for (path, names) in KEYS {
        let keys: Vec<_> = object_at(path).keys.iter().map(|key| key.name).collect();
        assert_eq!(keys.join(" "), *names, "{path:?}");
    }
}

#[test]
fn the_list_above_is_complete() {
    let listed: BTreeSet<*const Object> = KEYS.iter().map(|(path, _)| std::ptr::from_ref(object_at(path))).collect();
    let small = ["`external`", "a limit of a block device", "a discrete resource", "an init container", "a job"];
    for (path, object) in objects() {
        let is_listed = listed.contains(&std::ptr::from_ref(object)) || small.contains(&object.name);
        assert!(is_listed, "{path:?} ({}) is not in KEYS", object.name);
    }
}

#[test]
fn every_key_is_described() {
    for (path, object) in objects() {
        assert!(!object.name.is_empty(), "{path:?}");
        for Key { name, description, page, since, instead, .. } in object.keys {
            let what = format!("{path:?} {name}");
            assert!(description.ends_with('.') && description.len() >= 10, "{what}: a description is a sentence");
            assert!(!description.contains("  "), "{what}: {description}");
            assert_eq!(description.matches('`').count() % 2, 0, "{what}: {description}");
            let anchor = page.split_once('/').unwrap_or_else(|| panic!("{what}: {page}")).1;
            assert!(anchor.is_empty() || anchor.starts_with('#'), "{what}: {page}");
            let is_version =
                |text: &str| text.split('.').count() == 3 && text.split('.').all(|n| n.parse::<u8>().is_ok());
            assert!(since.is_none_or(is_version), "{what}: {since:?}");
            assert!(instead.is_none_or(|it| !it.is_empty()), "{what}");
        }
    }
}

#[test]
fn keys_are_sorted_and_unique() {
    for (path, object) in objects() {
        assert!(object.keys.is_sorted_by(|a, b| a.name < b.name), "{path:?}");
    }
}

#[test]
fn finds_what_belongs_at_a_path() {
    let resources = at(&["services", "web", "deploy", "resources"]).unwrap();
    assert_eq!(resources.key.unwrap().name, "resources");
    assert_eq!(resources.object().unwrap().keys.len(), 2);
    assert_eq!(resources.key.unwrap().link(), "https://docs.docker.com/reference/compose-file/deploy/#resources");
    let values = |path: &[&str]| at(path).as_ref().map(Entry::values).unwrap_or_default();
    assert_eq!(values(&["services", "web", "cgroup"]), ["host", "private"]);
    assert_eq!(values(&["services", "web", "privileged"]), ["true", "false"]);
    assert_eq!(values(&["services", "web", "restart"])[0], "no");
    assert_eq!(values(&["services", "web", "depends_on", "db", "condition"])[1], "service_healthy");
    assert!(values(&["services", "web", "user"]).is_empty());
    assert!(at(&["services", "web", "environment", "MODE"]).unwrap().key.is_none());
    assert!(at(&["services", "web", "environment", "[]"]).is_some());
    assert!(at(&["services", "web", "prots"]).is_none());
    assert!(at(&["services", "web", "user", "name"]).is_none());
    assert!(at(&["services", "[]"]).is_none());
}

#[test]
fn jobs_and_init_containers_have_keys_of_services() {
    let job = object_at(&["jobs", "backup"]);
    let init = object_at(&["services", "web", "pre_start", "[]"]);
    assert!(job.key("depends_on").is_some() && job.key("triggers").is_some() && job.key("restart").is_none());
    assert!(init.key("volumes").is_some() && init.key("per_replica").is_some() && init.key("ports").is_none());
    assert_eq!(init.all_keys().filter(|key| key.name == "image").count(), 1);
    assert!(job.all_keys().any(|key| key.name == "image"));
}

#[test]
fn says_what_a_value_may_be() {
    let described = |path: &[&str]| at(path).unwrap().shape.described();
    assert_eq!(described(&["services", "web", "ports"]), "a list");
    assert_eq!(described(&["services", "web", "build"]), "a string or a mapping");
    assert_eq!(described(&["services", "web", "scale"]), "a string or a whole number");
    assert_eq!(described(&["services", "web", "mem_limit"]), "a string or a number");
    assert_eq!(described(&["networks", "back", "external"]), "a string, a boolean or a mapping");
}

/// The values that Compose refuses, and those that it reads over, in a file whose service `a` a second document changes.
fn faults(first: &str, second: &str) -> Vec<bool> {
    let text = format!("services:\n  a:\n    image: x\n    {first}\n---\nservices:\n  a:\n    {second}\n");
    with_project_at("compose.yaml", &text, |project| project.faults().iter().map(|fault| fault.is_late).collect())
}

#[test]
fn knows_when_compose_refuses_a_value() {
    // At the end: what another document says better is never looked at.
    for (first, second) in [
        ("mem_limit: lots", "mem_limit: 1g"),
        ("stop_grace_period: soon", "stop_grace_period: 1s"),
        ("command: \"a 'b\"", "command: a"),
        ("attach: maybe", "attach: true"),
        ("build: {context: ., privileged: maybe}", "build: {privileged: true}"),
        ("deploy: {resources: {limits: {pids: many}}}", "deploy: {resources: {limits: {pids: 5}}}"),
        ("scale: -1", "scale: 1"),
        ("deploy: {replicas: \"-1\"}", "deploy: {replicas: 1}"),
        ("extra_hosts: [api]", "extra_hosts: !override [\"api=192.0.2.1\"]"),
    ] {
        assert_eq!(faults(first, second), [true], "{first}");
        assert_eq!(faults(first, "user: x"), [false], "{first}");
    }
    // When the file is read, whatever another one says.
    for (first, second) in [("privileged: maybe", "privileged: true"), ("cpus: few", "cpus: 1")] {
        assert_eq!(faults(first, second), [false], "{first}");
        assert_eq!(faults(&format!("user: x\n    {second}"), first), [false], "{first}");
    }
    // In between: the lowest file alone, and then what is laid over it.
    assert_eq!(faults("restart: false", "restart: always"), [false]);
    assert_eq!(faults("user: x", "mem_limit: lots"), [false]);
    // A variable is read wherever it stands, and never again.
    assert_eq!(faults("x-a: {b: [\"${1}\"]}", "x-a: !override {}"), [false]);
    assert_eq!(faults("hostname: \"${A^^}\"", "hostname: web"), [false]);
    // What is reset is not looked at, and neither is whether there is such a key.
    assert_eq!(faults("bogus: !reset 1", "user: x"), [false; 0]);
}

//! The rules, a folder a topic, two files a rule: `name.rs` with its metadata and code, `name.md` with its page.
//!
//! To add one, run `cargo xtask new-rule TOPIC NAME`, which writes both files and the line below.

use crate::rule::Rule;

macro_rules! rules {
    ($($topic:ident { $($rule:ident),* $(,)? })*) => {
        $(
            #[doc = concat!("Rules of the topic `", stringify!($topic), "`.")]
            pub mod $topic {
                $(pub mod $rule;)*
            }
        )*

        const COUNT: usize = 0 $($(+ { let _ = &$topic::$rule::RULE; 1 })*)*;

        const SORTED: [(&Rule, &str); COUNT] = sorted([$($((&$topic::$rule::RULE, stringify!($topic))),*),*]);

        /// All rules, in the order of their names.
        pub static RULES: [&Rule; COUNT] = {
            let mut rules = [SORTED[0].0; COUNT];
            let mut i = 0;
            while i < COUNT {
                rules[i] = SORTED[i].0;
                i += 1;
            }
            rules
        };
    };
}

rules! {
    build {
        conflicting_platform,
        missing_build_argument,
        missing_build_secret,
        privileged_build,
        shared_image_name,
        undeclared_build_argument,
        unknown_build_target,
        unpinned_remote_context,
        unused_build_input,
    }
    commands {
        broken_exec_form,
        cd_instead_of_workdir,
        chown_after_copy,
        consecutive_runs,
        curl_and_wget,
        debugger_in_image,
        gpu_query,
        host_command,
        ignored_command,
        ineffective_command,
        late_removal,
        leftover_download,
        overridden_instruction,
        removed_bundler_option,
        saved_error_page,
        shell_form_command,
        shell_syntax_in_exec_form,
        unfollowed_redirect,
        ungraceful_stop_signal,
        unpinned_git_clone,
        wget_progress,
        wrong_stop_signal,
    }
    compose {
        build_and_image,
        misplaced_service_key,
        misplaced_top_level_key,
        missing_project_name,
        quoted_volume,
        shell_operator_in_command,
        unsorted_dependencies,
        unsorted_ports,
        unsorted_services,
    }
    copy {
        add_instead_of_copy,
        copied_root_directory,
        copy_from_empty_stage,
        ignored_copy_source,
        missing_dockerignore,
        named_owner_with_link,
        relative_copy_destination,
        unpacked_copy,
    }
    daemon {
        copying_storage_driver,
        direct_routing,
        disabled_firewall,
        experimental_features,
        exposed_cri,
        exposed_metrics,
        hosts_with_systemd,
        insecure_registry,
        invalid_listen_address,
        invalid_registry,
        invalid_runtime,
        local_logs,
        missing_authorization_plugin,
        missing_default_ulimits,
        missing_live_restore,
        missing_selinux,
        missing_user_remapping,
        open_default_bridge,
        open_docker_group,
        plain_http_mirror,
        relative_path,
        removed_driver,
        temporary_data_root,
        tls_without_listener,
        unauthenticated_daemon,
        unexpected_listen_address,
        unknown_runtime,
        unnamed_tls_files,
        unusual_log_level,
        user_namespace_conflict,
        userland_proxy,
        wildcard_default_address,
    }
    encoding { bidirectional_character, invalid_encoding, invisible_character }
    health {
        disabled_healthcheck,
        impossible_healthcheck,
        missing_healthcheck,
        missing_healthcheck_tool,
        shell_form_healthcheck,
        unfailing_healthcheck,
    }
    ignores { ignore_without_reason, inline_ignore, unknown_ignore, unused_ignore }
    image {
        deprecated_image,
        end_of_life_image,
        floating_tag,
        unavailable_platform,
        undigested_image,
        unqualified_image,
        untagged_image,
        untrusted_registry,
    }
    isolation {
        added_capability,
        broad_device_rule,
        conflicting_capabilities,
        custom_cgroup_parent,
        dangerous_capability,
        disabled_no_new_privileges,
        foreign_namespace,
        host_device,
        host_namespace,
        host_network,
        host_program_provider,
        ineffective_capability,
        missing_capability_drop,
        missing_no_new_privileges,
        oom_immunity,
        privileged_container,
        raw_device,
        root_group,
        unconfined_profile,
        unmasked_system_paths,
        writable_cgroups,
    }
    keys {
        conflicting_keys,
        deprecated_key,
        duplicate_item,
        ineffective_key,
        ineffective_watch,
        invalid_value,
        missing_key,
        obsolete_version,
        removed_key,
        swarm_only_key,
        unknown_key,
        wrong_type,
    }
    labels {
        deprecated_maintainer,
        duplicate_label,
        invalid_label_key,
        invalid_label_value,
        missing_label,
        stale_base_label,
        unexpected_label,
    }
    layout { missing_final_newline, repeated_blank_lines, trailing_whitespace }
    logging { disabled_logging, invalid_log_option, missing_log_rotation, unknown_log_driver, unknown_log_option }
    mounts {
        docker_socket_mount,
        drive_like_volume,
        duplicate_mount_target,
        executable_tmpfs,
        hidden_build_output,
        ignored_mount_option,
        relabelled_system_path,
        sensitive_host_path,
        shared_propagation,
        shared_volume,
        unknown_mount_option,
        writable_file_mount,
        writable_root_filesystem,
    }
    network {
        address_outside_subnet,
        docker_api_port,
        duplicate_address,
        duplicate_host_port,
        fixed_port_with_replicas,
        flat_network,
        forbidden_port,
        host_gateway,
        host_network_build,
        ignored_ports,
        invalid_network_address,
        invalid_network_mode,
        invalid_port_protocol,
        legacy_bridge,
        overlapping_subnets,
        privileged_port,
        ssh_port,
        unencrypted_docker_host,
        unencrypted_overlay,
        wildcard_database_port,
        wildcard_port,
    }
    packages {
        apt_in_script,
        dev_dependencies,
        ignored_install_failure,
        ineffective_cache_mount,
        package_cache,
        recommended_packages,
        shared_apt_cache,
        source_before_dependencies,
        stale_package_lists,
        system_upgrade,
        unanswered_prompt,
        unlocked_install,
        unpinned_package,
        unsorted_packages,
    }
    references {
        altered_project_name,
        disabled_dependency,
        duplicate_container_name,
        file_outside_project,
        incompatible_override,
        missing_file,
        missing_image,
        project_limit,
        redefined_resource,
        reference_cycle,
        restarted_job,
        unawaited_healthcheck,
        undefined_extends,
        undefined_reference,
        unhealthy_dependency,
        unused_anchor,
        unused_resource,
    }
    resources { ineffective_limit, invalid_ulimit, missing_resource_limits, unbounded_tmpfs, unlimited_ulimit }
    runtime {
        abrupt_stop,
        decimal_file_mode,
        ignored_secret_mode,
        ineffective_restart_policy,
        invalid_container_name,
        invalid_deploy_value,
        invalid_hostname,
        invalid_namespace,
        invalid_profile_name,
        invalid_restart_policy,
        invalid_security_opt,
        invalid_sysctl,
        missing_restart_policy,
        relative_container_path,
        secret_on_read_only_root,
        unbounded_restart,
        unknown_capability,
        unsupported_secret,
    }
    secrets {
        copied_secret_file,
        credentials_in_url,
        insecure_image_setting,
        leaked_secret_mount,
        literal_secret,
        secret_build_argument,
        secret_in_build_context,
        stored_credentials,
        weak_default_credential,
    }
    shell {
        ambiguous_test,
        and_or_chain,
        backticks,
        bash_syntax_in_sh,
        comment_swallows_commands,
        constant_test,
        deprecated_grep,
        echo_escapes,
        find_piped_to_xargs,
        glob_as_option,
        heredoc_without_errexit,
        ignored_failure,
        invalid_shell_syntax,
        literal_dollar,
        lost_assignment,
        lost_backslash,
        masked_return_value,
        missing_pipefail,
        overwritten_input,
        parsed_ls,
        quoted_loop_list,
        quoted_tilde,
        redirect_order,
        replaced_shell,
        shellcheck,
        single_iteration_loop,
        status_test,
        sudo_redirect,
        unchecked_cd,
        undefined_shell_variable,
        unguarded_rm,
        unnoticed_download_failure,
        unquoted_substitution,
        unquoted_variable,
        unused_shell_variable,
        useless_cat,
        useless_echo,
    }
    stages {
        constant_platform,
        duplicate_stage_name,
        inconsistent_as_casing,
        invalid_default_base,
        misdescribed_definition,
        redundant_target_platform,
        reserved_stage_name,
        shell_in_scratch,
        stage_number_as_image,
        undefined_base_argument,
        unknown_copy_source,
        unnamed_stage_reference,
        unused_stage,
        uppercase_stage_name,
    }
    style {
        empty_continuation_line,
        inconsistent_instruction_casing,
        legacy_key_value,
        uppercase_directive,
        uppercase_protocol,
    }
    syntax {
        alias_cycle,
        copy_destination_not_directory,
        duplicate_directive,
        duplicate_flag,
        duplicate_key,
        empty_file,
        empty_volume,
        feature_newer_than_syntax,
        instruction_before_from,
        invalid_add_flag,
        invalid_check_directive,
        invalid_chmod,
        invalid_env_file,
        invalid_escape_directive,
        invalid_expose_port,
        invalid_flag_value,
        invalid_from,
        invalid_healthcheck,
        invalid_heredoc,
        invalid_image_reference,
        invalid_json,
        invalid_json_array,
        invalid_key_value,
        invalid_merge,
        invalid_mount,
        invalid_onbuild_trigger,
        invalid_platform,
        invalid_run_option,
        invalid_shell,
        invalid_stage_name,
        invalid_stopsignal,
        invalid_substitution,
        invalid_tag_value,
        invalid_yaml,
        later_stage_reference,
        line_too_long,
        misplaced_directive,
        missing_arguments,
        missing_from,
        misspelled_frontend,
        remote_copy_source,
        too_many_arguments,
        unclosed_quote,
        undefined_alias,
        unexpanded_variable,
        unknown_flag,
        unknown_instruction,
        yaml_limit,
    }
    transport {
        add_without_checksum,
        deprecated_apt_key,
        disabled_tls_verification,
        download_piped_to_shell,
        plain_http_download,
        unencrypted_logs,
        unverified_download,
        unverified_packages,
    }
    user {
        built_in_password,
        dropped_groups,
        missing_user,
        named_user,
        passwordless_sudo,
        root_owned_copy,
        root_user,
        setuid_file,
        sudo_in_run,
        unknown_user,
        unused_user,
        useradd_with_log_init,
        world_writable_path,
    }
    values {
        altered_value,
        interpolated_shell_variable,
        overridden_entry,
        quoted_environment_value,
        repeated_entry,
        stray_brace,
        unquoted_port,
        unset_variable,
        yaml11_boolean,
    }
    variables {
        ineffective_argument,
        overwritten_path,
        persistent_debian_frontend,
        same_env_reference,
        undefined_variable,
        unused_argument,
    }
    windows { ignored_chown, ignored_powershell_errors, ignored_stop_signal, powershell_progress, repeated_powershell }
    workdir { relative_workdir, system_workdir }
}

/// The folder of a rule's files below `rules/`.
pub fn topic(rule: &Rule) -> &'static str {
    SORTED.binary_search_by(|(other, _)| other.name.cmp(rule.name)).map_or("", |index| SORTED[index].1)
}

/// Sorts the rules by name, at compile time, so that a rule can be found by its name and reports are in a stable order.
const fn sorted<const N: usize>(mut rules: [(&'static Rule, &'static str); N]) -> [(&'static Rule, &'static str); N] {
    let mut i = 1;
    while i < N {
        let mut j = i;
        while j > 0 && is_less(rules[j].0.name.as_bytes(), rules[j - 1].0.name.as_bytes()) {
            let swap = rules[j];
            rules[j] = rules[j - 1];
            rules[j - 1] = swap;
            j -= 1;
        }
        i += 1;
    }
    rules
}

const fn is_less(a: &[u8], b: &[u8]) -> bool {
    let mut i = 0;
    while i < a.len() && i < b.len() {
        if a[i] != b[i] {
            return a[i] < b[i];
        }
        i += 1;
    }
    a.len() < b.len()
}

package io.deltallm.policy.config;

import java.util.List;

/// Keys of the dialects that mean something, but not to this version: they are named in one warning rather than called
/// unknown. A row that starts to work moves to [Setting] or [ModelReader].
final class LaterSettings {
    static final List<String> SECTIONS = List.of(
            "app", "providers", "circuit_breaker", "condensation", "caching", "memory_cache", "http_client", "load_balancer",
            "rate_limit", "monitoring", "performance", "error_handling", "security", "features", "health_check", "redis",
            "apis", "cache", "guardrails", "environment_variables", "credential_list", "callback_settings", "mcp_servers",
            "vector_store_registry", "search_tools", "prompts", "assistant_settings", "files_settings", "finetune_settings",
            "include");

    static final List<String> GENERAL = List.of(
            "admin_email", "admin_password", "cors_origins", "redis_url", "redis_host", "redis_port", "redis_password",
            "deltallm_license", "store_model_in_db", "supported_db_objects", "allow_requests_on_db_unavailable",
            "fail_closed_budget_enforcement", "disable_budget_reservation", "proxy_batch_write_at", "budget_reset_at",
            "proxy_budget_rescheduler_min_time", "proxy_budget_rescheduler_max_time", "use_redis_transaction_buffer",
            "disable_spend_logs", "disable_error_logs", "store_prompts_in_spend_logs", "maximum_spend_logs_retention_period",
            "maximum_spend_logs_retention_interval", "maximum_spend_logs_cleanup_cron", "user_api_key_cache_ttl",
            "invalid_virtual_key_cache_ttl", "token_rate_limit_type", "background_health_checks", "health_check_interval",
            "enable_health_check_routing", "use_shared_health_check", "health_check_ignore_transient_errors",
            "health_check_concurrency", "cancel_on_disconnect", "always_include_stream_usage",
            "forward_client_headers_to_llm_api", "forward_openai_org_id", "forward_llm_provider_auth_headers",
            "allow_client_side_credentials", "pass_through_endpoints", "pass_through_request_timeout",
            "use_client_credentials_pass_through_routes", "enforce_user_param", "reject_clientside_metadata_tags",
            "user_header_mappings", "user_header_name", "enable_jwt_auth", "litellm_jwtauth", "enable_oauth2_auth",
            "custom_auth", "custom_auth_run_common_checks", "enforce_rbac", "role_permissions", "public_routes",
            "admin_only_routes", "allowed_routes", "allowed_ips", "blocked_ips", "trusted_proxies", "use_x_forwarded_for",
            "max_response_size_mb", "alerting", "alerting_threshold", "alert_types", "alerting_args",
            "key_management_system", "key_management_settings", "ui_access_mode", "ui_username", "ui_password",
            "litellm_license", "control_plane_url", "enable_drain_endpoint", "drain_endpoint_token", "track_cost_per_model",
            "max_budget", "budget_duration", "cache", "cache_params", "user_rate_limit",
            "success_callback", "failure_callback", "langfuse_public_key", "langfuse_secret_key", "langfuse_host",
            "budget_exceeded_status", "telemetry", "encryption_key");

    static final List<String> ROUTER = List.of(
            "num_retries", "enable_cooldowns", "disable_cooldowns", "cooldown_time", "cooldown_failure_threshold",
            "retry_after", "retry_policy", "model_group_retry_policy", "allowed_fails", "allowed_fails_policy", "fallbacks",
            "context_window_fallbacks", "content_policy_fallbacks", "default_fallbacks", "max_fallbacks",
            "enable_weighted_failover", "enable_pre_call_checks", "optional_pre_call_checks", "enable_tag_filtering",
            "tag_filtering_match_any", "provider_budget_config", "redis_host", "redis_port", "redis_password", "redis_url",
            "cache_responses", "caching_groups", "default_max_parallel_requests", "routing_strategy_args", "routing_groups",
            "deployment_affinity_ttl_seconds", "set_verbose", "debug_level");

    static final List<String> LITELLM = List.of(
            "modify_params", "num_retries", "max_retries", "default_fallbacks", "fallbacks",
            "context_window_fallbacks", "content_policy_fallbacks", "callbacks", "success_callback", "failure_callback",
            "service_callback", "turn_off_message_logging", "redact_user_api_key_info", "json_logs", "set_verbose", "cache",
            "cache_params", "enable_redis_auth_cache", "max_budget", "budget_duration", "timezone", "telemetry",
            "max_end_user_budget", "max_end_user_budget_id", "max_internal_user_budget", "internal_user_budget_duration",
            "default_internal_user_params", "default_team_params", "default_team_settings", "default_key_generate_params",
            "upperbound_key_generate_params", "key_generation_settings", "cost_discount_config", "cost_margin_config",
            "priority_reservation", "priority_reservation_settings", "prometheus_metrics_config",
            "custom_prometheus_metadata_labels", "custom_prometheus_tags", "prometheus_emit_stream_label",
            "prometheus_initialize_budget_metrics", "enable_end_user_cost_tracking_prometheus_only",
            "disable_end_user_cost_tracking", "user_url_validation", "user_url_allowed_hosts", "ui_access_mode",
            "ui_username", "ui_password", "guardrails", "skip_system_message_in_guardrail",
            "enable_json_schema_validation", "enable_key_alias_format_validation", "require_managed_files",
            "route_all_chat_openai_to_responses", "public_model_groups", "tag_budget_config", "network_mock");

    /// Of one entry's `litellm_params`.
    static final List<String> MODEL = List.of(
            "litellm_credential_name", "max_retries", "num_retries", "rpm", "tpm", "itpm", "otpm", "max_parallel_requests",
            "order", "priority", "tags", "max_budget", "budget_duration", "use_in_pass_through", "additional_drop_params",
            "configurable_clientside_auth_params", "mock_response", "guardrails", "allowed_openai_params", "fallbacks",
            "cooldown_time", "merge_reasoning_content_in_choices", "use_litellm_proxy", "ssl_verify", "modify_params");

    private LaterSettings() {}
}

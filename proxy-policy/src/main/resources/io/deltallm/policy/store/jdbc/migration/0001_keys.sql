-- Virtual keys. Times are milliseconds since 1970 UTC; model names stand one a line.
-- change_number tells other processes what changed: every change takes the next value of the counter 'keys'.
CREATE TABLE virtual_keys (
    hash TEXT${byte_order} PRIMARY KEY,
    id TEXT${byte_order} NOT NULL UNIQUE,
    display_name TEXT NOT NULL,
    alias TEXT${byte_order} UNIQUE,
    user_id TEXT,
    team_id TEXT,
    org_id TEXT,
    models TEXT NOT NULL,
    requests_per_minute BIGINT,
    tokens_per_minute BIGINT,
    max_parallel INTEGER,
    max_budget_nanodollars BIGINT,
    expires_at BIGINT,
    metadata TEXT NOT NULL,
    blocked BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    change_number BIGINT NOT NULL
);
CREATE INDEX virtual_keys_by_change ON virtual_keys (change_number);
CREATE INDEX virtual_keys_by_creation ON virtual_keys (created_at, id);

-- What is left of deleted keys, for a week.
CREATE TABLE key_changes (
    change_number BIGINT PRIMARY KEY,
    hash TEXT${byte_order} NOT NULL,
    deleted_at BIGINT NOT NULL
);
CREATE INDEX key_changes_by_time ON key_changes (deleted_at);

-- A row that is locked while its value is in use: so numbers become visible in their order, which a sequence cannot promise.
CREATE TABLE change_counters (
    name TEXT PRIMARY KEY,
    value BIGINT NOT NULL
);
INSERT INTO change_counters (name, value) VALUES ('keys', 0);
INSERT INTO change_counters (name, value) VALUES ('keys_forgotten', 0);

-- Several people: what each may do, how they come in, a second factor, who did what.

-- 'owner' does everything; 'editor' writes and publishes; 'contributor' writes drafts of his own.
-- Whoever was there before there were roles made the site.
ALTER TABLE users ADD COLUMN role TEXT NOT NULL DEFAULT 'owner'
    CHECK (role IN ('owner', 'editor', 'contributor'));
-- JSON array of the ids of the shows that an editor or a contributor works on; owners work on all.
ALTER TABLE users ADD COLUMN shows TEXT NOT NULL DEFAULT '[]';
-- Second factor (RFC 6238): the secret in base32; empty where it is off.
ALTER TABLE users ADD COLUMN totp_secret TEXT NOT NULL DEFAULT '';
-- The last 30-second step whose code was taken: a code is good once.
ALTER TABLE users ADD COLUMN totp_step BIGINT NOT NULL DEFAULT 0;

-- Who began a post. Null: from before there were several people, or his account is gone.
ALTER TABLE posts ADD COLUMN created_by TEXT;
CREATE INDEX posts_by_creator ON posts(created_by);

-- Codes for the day on which the second factor is lost, as SHA-256; each goes when it is used.
CREATE TABLE recovery_codes (
    code_hash TEXT PRIMARY KEY,                  -- of the user's id, a colon and the code
    user_id   TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE
);
CREATE INDEX recovery_codes_by_user ON recovery_codes(user_id);

-- A login whose password was right and whose second factor is asked for.
CREATE TABLE login_steps (
    token_hash TEXT PRIMARY KEY,                 -- SHA-256 of what the form carries
    user_id    TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    tries      BIGINT NOT NULL DEFAULT 0,        -- wrong codes so far
    created_at BIGINT NOT NULL
);
CREATE INDEX login_steps_by_user ON login_steps(user_id);

-- Links by which somebody makes an account; a link is gone once it is used or its time is over.
CREATE TABLE invitations (
    token_hash TEXT PRIMARY KEY,                 -- SHA-256 of the 32 bytes in the link
    id         TEXT NOT NULL UNIQUE,             -- names it in the list, opens nothing
    name       TEXT NOT NULL,                    -- for whom, in the owner's words; may be empty
    role       TEXT NOT NULL CHECK (role IN ('owner', 'editor', 'contributor')),
    shows      TEXT NOT NULL,                    -- as in users
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- Who did what. Rows outlive what they tell of, so they hold names and refer to nothing.
CREATE TABLE audit_log (
    id        TEXT PRIMARY KEY,
    at        BIGINT NOT NULL,
    user_id   TEXT NOT NULL,
    user_name TEXT NOT NULL,                     -- as it was then
    act       TEXT NOT NULL,                     -- a word of features/audit/model.rs, never renamed
    subject   TEXT NOT NULL,                     -- id of the post, show or person; may be empty
    words     TEXT NOT NULL                      -- title or name as it was then; may be empty
);
CREATE INDEX audit_log_by_time ON audit_log(at, id);

-- Tokens of the programming interface.
CREATE TABLE api_tokens (
    token_hash   TEXT PRIMARY KEY,               -- SHA-256 of the token's text
    id           TEXT NOT NULL UNIQUE,           -- names it in the list, opens nothing
    user_id      TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    name         TEXT NOT NULL,
    scopes       TEXT NOT NULL,                  -- JSON array of words of features/api/model.rs
    created_at   BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    last_used_at BIGINT                          -- to the minute
);
CREATE INDEX api_tokens_by_user ON api_tokens(user_id);

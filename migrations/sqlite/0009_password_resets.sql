-- Links by which somebody sets a new password that an owner let him have; a link is gone once it is
-- used, its time is over, or who made it is no owner any more.
CREATE TABLE password_resets (
    token_hash TEXT PRIMARY KEY,                 -- SHA-256 of the 32 bytes in the link
    user_id    TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    made_by    TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX password_resets_by_user ON password_resets(user_id);

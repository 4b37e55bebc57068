-- Times that stay until better ones are there.

-- Sentences that are looked for again although something is known of them, which stays until the
-- answer comes: a JSON array of their ids; empty for none. Next to `whole` it says nothing.
-- From here on `message` tells of work that ended well what came of it.
ALTER TABLE transcript_work ADD COLUMN again TEXT NOT NULL DEFAULT '';

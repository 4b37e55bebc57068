-- Whose words the working copy are: who saved it last. Empty: from before that was kept, or the
-- program itself.
ALTER TABLE post_working_copies ADD COLUMN saved_by TEXT NOT NULL DEFAULT '';

-- What was sent with a nonce: SHA-256 of the request's body, so that the same key with another body
-- is no repetition. Empty: a form's, which stands for nothing but itself, or from before that was kept.
ALTER TABLE form_nonces ADD COLUMN body_digest TEXT NOT NULL DEFAULT '';

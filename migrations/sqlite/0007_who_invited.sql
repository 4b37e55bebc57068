-- Who made an invitation: what he may not give any more, his links do not give either. Empty: from
-- before that was kept; such a link opens nothing.
ALTER TABLE invitations ADD COLUMN invited_by TEXT NOT NULL DEFAULT '';

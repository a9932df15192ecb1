-- What an edit corrects, why it was made, and the entries that stood for its target: a JSON list.
-- Deletions and undos kept their reason as a value.

ALTER TABLE edits ADD COLUMN field TEXT NOT NULL DEFAULT '';
ALTER TABLE edits ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE edits ADD COLUMN entries TEXT NOT NULL DEFAULT '[]';
UPDATE edits SET reason = value, value = '' WHERE kind IN (6, 7);

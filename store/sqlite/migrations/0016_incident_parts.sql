-- How many independent origins a story has; of what parts an incident is made, what ties its stories
-- and its summary (a JSON object, store/sqlite/json.h). Derived: the next run fills them.

ALTER TABLE stories ADD COLUMN origins INTEGER NOT NULL DEFAULT 0;
ALTER TABLE incidents ADD COLUMN detail TEXT NOT NULL DEFAULT '{"strands":[],"ties":[],"summary":[]}';

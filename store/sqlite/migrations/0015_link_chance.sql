-- What a link says ("reports", "compatible"), whether its entry depends on a measurer, how likely it
-- is that the entry speaks of any outage of the place, the competing outages with their shares
-- (JSON; null is none of them), and how often timelines moved in time score as high.

ALTER TABLE links ADD COLUMN relation INTEGER NOT NULL DEFAULT 0;
ALTER TABLE links ADD COLUMN dependent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE links ADD COLUMN any_of_place REAL NOT NULL DEFAULT 0;
ALTER TABLE links ADD COLUMN hypotheses TEXT NOT NULL DEFAULT '[]';
ALTER TABLE links ADD COLUMN decoys INTEGER NOT NULL DEFAULT 0;
ALTER TABLE links ADD COLUMN decoys_as_high INTEGER NOT NULL DEFAULT 0;
ALTER TABLE links ADD COLUMN q REAL NOT NULL DEFAULT 1;

-- Who is said to have a claimed value first.
ALTER TABLE verdicts ADD COLUMN source TEXT NOT NULL DEFAULT '';

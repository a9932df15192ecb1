-- Whose words a claim is, through whom they came, how they are hedged, the tense, what an ordinal
-- counts over, and the quantity: JSON, each where there is any.

ALTER TABLE claims ADD COLUMN detail TEXT NOT NULL DEFAULT '{}';

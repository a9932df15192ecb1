-- What asks a measurement API, and how far it has come (ingest/measure/).
ALTER TABLE polls ADD COLUMN adapter TEXT NOT NULL DEFAULT '';
ALTER TABLE polls ADD COLUMN cursor TEXT NOT NULL DEFAULT '';

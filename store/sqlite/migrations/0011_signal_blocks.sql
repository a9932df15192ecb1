-- Samples go into blocks of their own: a series that grows by one sample rewrites its last block. A
-- block is what samples.h packs; what was kept as JSON becomes the first block as it is, and is
-- packed when its signal next changes.

CREATE TABLE signal_blocks (
  signal TEXT NOT NULL,
  block INTEGER NOT NULL,
  samples BLOB NOT NULL,
  PRIMARY KEY (signal, block)
) STRICT;

INSERT INTO signal_blocks SELECT id, 0, CAST(samples AS BLOB) FROM signals;
ALTER TABLE signals DROP COLUMN samples;

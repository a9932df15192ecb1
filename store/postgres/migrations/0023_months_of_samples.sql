-- needs 2
-- Blocks of samples by the month in which they begin: a part of the table for each, made by whoever
-- writes when the month is first met (store/postgres/months.h). A part can be taken out (ALTER TABLE
-- signal_blocks DETACH PARTITION …), kept elsewhere or dropped, without a row being deleted.
-- `signals.last_block` says when a signal's last block begins, so that no more parts are asked than
-- it has. Programs that do not know `start_at` cannot write here.

ALTER TABLE signals ADD COLUMN last_block BIGINT NOT NULL DEFAULT 0;

ALTER TABLE signal_blocks RENAME TO signal_blocks_as_they_were;
ALTER TABLE signal_blocks_as_they_were RENAME CONSTRAINT signal_blocks_pkey TO
  signal_blocks_as_they_were_pkey;
CREATE TABLE signal_blocks (
  signal TEXT COLLATE "C" NOT NULL,
  block INTEGER NOT NULL,
  samples BYTEA NOT NULL,
  start_at BIGINT NOT NULL,
  PRIMARY KEY (signal, start_at, block)
) PARTITION BY RANGE (start_at);
CREATE TABLE signal_blocks_before_2000 PARTITION OF signal_blocks
  FOR VALUES FROM (MINVALUE) TO (946684800);
CREATE TABLE signal_blocks_after_2099 PARTITION OF signal_blocks
  FOR VALUES FROM (4102444800) TO (MAXVALUE);

DO $$
DECLARE
  first_of_month TIMESTAMP;
BEGIN
  FOR first_of_month IN
    SELECT DISTINCT date_trunc('month', to_timestamp(s.from_at + b.block * 2016 * s.step) AT TIME ZONE 'UTC')
    FROM signal_blocks_as_they_were AS b JOIN signals AS s ON s.id = b.signal
    WHERE s.from_at + b.block * 2016 * s.step BETWEEN 946684800 AND 4102444799
  LOOP
    EXECUTE format('CREATE TABLE %I PARTITION OF signal_blocks FOR VALUES FROM (%s) TO (%s)',
      'signal_blocks_' || to_char(first_of_month, 'YYYY_MM'),
      extract(epoch FROM first_of_month)::bigint,
      extract(epoch FROM first_of_month + interval '1 month')::bigint);
  END LOOP;
END $$;

-- Years from 1 to 9999, as the program has it.
INSERT INTO signal_blocks
SELECT b.signal, b.block, b.samples,
  greatest(-62135596800, least(253402300799, s.from_at + b.block * 2016 * s.step))
FROM signal_blocks_as_they_were AS b JOIN signals AS s ON s.id = b.signal;
UPDATE signals SET last_block = coalesce(
  (SELECT max(b.start_at) FROM signal_blocks AS b WHERE b.signal = signals.id),
  greatest(-62135596800, least(253402300799, from_at)));
DROP TABLE signal_blocks_as_they_were;

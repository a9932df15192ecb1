-- What is due is asked for every few seconds.
CREATE INDEX polls_by_next ON polls (next_poll, url) WHERE next_poll IS NOT NULL;

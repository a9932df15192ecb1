-- Lists of names that users add, made ready for looking up (correlate/gazetteer).

CREATE TABLE name_lists (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  licence TEXT NOT NULL,
  source TEXT NOT NULL,
  imported_at INTEGER NOT NULL,
  records INTEGER NOT NULL,
  names INTEGER NOT NULL,
  bytes BLOB NOT NULL
) STRICT;

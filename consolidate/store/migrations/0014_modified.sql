-- When the file of a return says that it was last saved, RFC 3339 in UTC; empty if it does not.
ALTER TABLE return ADD COLUMN modified TEXT NOT NULL DEFAULT '';

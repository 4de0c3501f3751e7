-- Who may write what is of a region. A run locks the row of its region for as long as it is at
-- work; the row says nothing.
DROP TABLE run;
CREATE TABLE run (
	region TEXT NOT NULL PRIMARY KEY
);

-- Whose turn it is: each run that takes the lock counts token up, and every transaction that writes
-- holds this row and proves that token is still its own. who and since are for the message to
-- whoever finds the lock taken; they stay behind.
CREATE TABLE holder (
	region TEXT   NOT NULL PRIMARY KEY,
	token  BIGINT NOT NULL,
	who    TEXT   NOT NULL,
	since  TEXT   NOT NULL
);

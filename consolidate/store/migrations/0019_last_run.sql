-- The last run of a region, for whoever watches over it; nothing is made of it. ended and result
-- are blank while it is at work, and stay so if it is killed.
CREATE TABLE last_run (
	region TEXT NOT NULL PRIMARY KEY,
	period TEXT NOT NULL,
	who    TEXT NOT NULL,
	began  TEXT NOT NULL,
	ended  TEXT NOT NULL,
	result TEXT NOT NULL
);

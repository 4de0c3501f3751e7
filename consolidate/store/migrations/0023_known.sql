-- What need not be done again. Files that were read for a month: read_by says by what (program, rules, configuration),
-- content is what was read, returns_sum is the SHA-256 of the sums of the returns that it brought, which of_returns lists.
CREATE TABLE known_file (
	region      TEXT NOT NULL,
	period      TEXT NOT NULL,
	path        TEXT NOT NULL,
	sha256      TEXT NOT NULL,
	read_by     TEXT NOT NULL,
	content     TEXT NOT NULL,
	of_returns  TEXT NOT NULL,
	returns_sum TEXT NOT NULL,
	PRIMARY KEY (region, period, path)
);

-- What was made of a month: made_of is the SHA-256 of all that it was made of.
CREATE TABLE kept (
	region  TEXT NOT NULL,
	period  TEXT NOT NULL,
	what    TEXT NOT NULL,
	made_of TEXT NOT NULL,
	content TEXT NOT NULL,
	PRIMARY KEY (region, period, what)
);

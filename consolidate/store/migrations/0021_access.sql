-- Who may come into the window: a department's staff (staff), the office (office), a leader (leader). name is that
-- of the department or of the person; id is the part of the code that is no secret, hash is made of the rest. made
-- is when it was given.
CREATE TABLE access (
	region TEXT NOT NULL,
	id     TEXT NOT NULL,
	role   TEXT NOT NULL,
	name   TEXT NOT NULL,
	hash   TEXT NOT NULL,
	made   TEXT NOT NULL,
	PRIMARY KEY (region, id)
);

-- Who is in. data is in base64.
CREATE TABLE session (
	region TEXT NOT NULL,
	token  TEXT NOT NULL,
	data   TEXT NOT NULL,
	expiry TEXT NOT NULL,
	PRIMARY KEY (region, token)
);

-- Who did what, in the order of number; it is only appended to. chain is the SHA-256 of the row and of the chain of
-- the row before it.
CREATE TABLE audit (
	region    TEXT   NOT NULL,
	number    BIGINT NOT NULL,
	at        TEXT   NOT NULL,
	who       TEXT   NOT NULL,
	role      TEXT   NOT NULL,
	came_from TEXT   NOT NULL,
	deed      TEXT   NOT NULL,
	period    TEXT   NOT NULL,
	about     TEXT   NOT NULL,
	chain     TEXT   NOT NULL,
	PRIMARY KEY (region, number)
);

-- The sums of the tables that are written without the lock of a run, each changed with its table alone: of access
-- the SHA-256 of its rows, of audit the chain of its last row.
CREATE TABLE own_sum (
	region   TEXT NOT NULL,
	of_table TEXT NOT NULL,
	sha256   TEXT NOT NULL,
	PRIMARY KEY (region, of_table)
);

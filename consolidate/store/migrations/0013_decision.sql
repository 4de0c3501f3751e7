-- What people decided of pairs of rows that may speak of one project. A decision that was
-- undone stays, so that a reply in the inbox does not bring it back; it counts no more.
-- source is the SHA-256 of the reply it came with, blank if it was given at the command line.
CREATE TABLE decision (
	region       TEXT   NOT NULL,
	number       BIGINT NOT NULL,
	a_key        TEXT   NOT NULL,
	a_department TEXT   NOT NULL,
	a_name       TEXT   NOT NULL,
	b_key        TEXT   NOT NULL,
	b_department TEXT   NOT NULL,
	b_name       TEXT   NOT NULL,
	verdict      TEXT   NOT NULL,
	who          TEXT   NOT NULL,
	why          TEXT   NOT NULL,
	source       TEXT   NOT NULL,
	undone       BIGINT NOT NULL,
	PRIMARY KEY (region, number)
);

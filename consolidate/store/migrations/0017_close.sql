-- The log of a month that was closed (结账, closed) or reopened (重开, reopened), in the order of number.
-- who, entered and reason are for people to ask, on no way to an output. Of a reopening: until, the last
-- day on which the month takes anything, and departments, whose returns come into force, joined by 、
-- (empty: all). Of a close: the numbers of the decisions that it was made with, joined by blanks, so that
-- the month can be made again exactly.
CREATE TABLE closing (
	region      TEXT   NOT NULL,
	period      TEXT   NOT NULL,
	number      BIGINT NOT NULL,
	event       TEXT   NOT NULL,
	who         TEXT   NOT NULL,
	entered     TEXT   NOT NULL,
	reason      TEXT   NOT NULL,
	until       TEXT   NOT NULL,
	departments TEXT   NOT NULL,
	decisions   TEXT   NOT NULL,
	PRIMARY KEY (region, period, number)
);

-- The figures as they were published at a close.
CREATE TABLE closing_figure (
	region TEXT   NOT NULL,
	period TEXT   NOT NULL,
	number BIGINT NOT NULL,
	name   TEXT   NOT NULL,
	value  BIGINT NOT NULL,
	PRIMARY KEY (region, period, number, name)
);

-- The findings, by key, that the reason of a close explains.
CREATE TABLE closing_finding (
	region  TEXT   NOT NULL,
	period  TEXT   NOT NULL,
	number  BIGINT NOT NULL,
	finding TEXT   NOT NULL,
	PRIMARY KEY (region, period, number, finding)
);

-- Returns that came late: of a month that was closed, with the runs of the month came. They are no
-- returns of their month until it is reopened and takes them.
CREATE TABLE late (
	region     TEXT NOT NULL,
	period     TEXT NOT NULL,
	form       TEXT NOT NULL,
	department TEXT NOT NULL,
	content    TEXT NOT NULL,
	came       TEXT NOT NULL,
	PRIMARY KEY (region, period, form, department, content, came)
);

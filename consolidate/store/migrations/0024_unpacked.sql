-- What 0022 packed: the program has moved it (repack.go).
DROP TABLE return_row;
ALTER TABLE reserve DROP COLUMN source;
ALTER TABLE progress DROP COLUMN source;
ALTER TABLE statistics DROP COLUMN source;
ALTER TABLE obstacles DROP COLUMN source;
ALTER TABLE duty DROP COLUMN source;
ALTER TABLE promotion DROP COLUMN source;
ALTER TABLE signing DROP COLUMN source;
ALTER TABLE dispatch DROP COLUMN source;
ALTER TABLE tasks DROP COLUMN source;
ALTER TABLE services DROP COLUMN source;
ALTER TABLE landyield DROP COLUMN source;

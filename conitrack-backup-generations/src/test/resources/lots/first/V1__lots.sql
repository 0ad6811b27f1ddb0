CREATE TABLE lotes (id int PRIMARY KEY, code text NOT NULL);
INSERT INTO lotes VALUES (1, 'L-1');

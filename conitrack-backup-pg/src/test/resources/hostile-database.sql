CREATE EXTENSION hstore; CREATE EXTENSION ltree;
CREATE SCHEMA "Sch é";
CREATE TABLE "Sch é"."s""q tab
le'x" (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "a;b" text, g int GENERATED ALWAYS AS (length("a;b")) STORED);
INSERT INTO "Sch é"."s""q tab
le'x"("a;b") VALUES ('CREATE TABLE nope (x int);'), (E'\\.'), (E'line\n\\.\nCOPY public.x (a) FROM stdin;\n1\n\\.\n'), (NULL), (E'tab\t\b\\N\\\\.'), ('-- PostgreSQL database dump complete'), ('');
CREATE TABLE public.first_null (a text, b bytea); INSERT INTO first_null VALUES (NULL, '\x0a5c2e0a'), ('\.', NULL), (E'\\', '');
CREATE SEQUENCE "Sch é"."s""q'";  SELECT setval('"Sch é"."s""q''"', 42, true);
CREATE SEQUENCE "Sch é"."back\slash"; SELECT setval('"Sch é"."back\slash"', 7, false);
CREATE SEQUENCE public.down INCREMENT -1; SELECT setval('public.down', -5, true);
CREATE SEQUENCE public.huge; SELECT setval('public.huge', 9223372036854775807);
CREATE FUNCTION public.bodied() RETURNS void LANGUAGE plpgsql AS $fn$
BEGIN
  EXECUTE $$COPY x FROM stdin;$$;
  -- '; "
  RAISE NOTICE 'it''s; $fnx$ CREATE TABLE z();';
END $fn$;
CREATE FUNCTION public.atomic_one(a int, OUT b int) LANGUAGE sql BEGIN ATOMIC
  SELECT CASE WHEN a > 1 THEN (CASE WHEN a > 2 THEN 1 ELSE 2 END) ELSE 3 END;
  SELECT 2 AS "end";
END;
CREATE PROCEDURE public.proc() LANGUAGE sql BEGIN ATOMIC INSERT INTO public.first_null VALUES ('x;'); DELETE FROM public.first_null WHERE a = 'END'; END;
CREATE TABLE public.ruled (a int); CREATE TABLE public.log (a int, what text);
CREATE RULE r AS ON INSERT TO public.ruled DO ALSO (INSERT INTO public.log VALUES (new.a, 'ins;'); UPDATE public.log SET what = 'x'';' WHERE a = 1;);
INSERT INTO ruled SELECT generate_series(1,10);
CREATE TABLE public.zero (); INSERT INTO public.zero DEFAULT VALUES; INSERT INTO public.zero DEFAULT VALUES; INSERT INTO public.zero DEFAULT VALUES;
CREATE TABLE public.empty_t (a int);
CREATE UNLOGGED TABLE public.unlog (a int); INSERT INTO unlog VALUES (1);
CREATE TABLE public.top (a int); CREATE TABLE public.l (x int) INHERITS (public.top); CREATE TABLE public.r (y int) INHERITS (public.top);
CREATE TABLE public."Bo,t(tom)" (z int) INHERITS (public.l, public.r);
INSERT INTO top VALUES (1); INSERT INTO l VALUES (2,2),(3,3); INSERT INTO r VALUES (4,4),(5,5),(6,6); INSERT INTO "Bo,t(tom)" VALUES (1,1,1,1),(1,1,1,1),(1,1,1,1),(1,1,1,1);
CREATE TABLE public.part (k int, d date, v text) PARTITION BY RANGE (k);
CREATE TABLE public.part_1 PARTITION OF part FOR VALUES FROM (0) TO (100);
CREATE TABLE "Sch é".part_2 PARTITION OF part FOR VALUES FROM (100) TO (200) PARTITION BY LIST (v);
CREATE TABLE public.part_2a PARTITION OF "Sch é".part_2 FOR VALUES IN ('a;', 'b''(');
CREATE TABLE public.part_2d PARTITION OF "Sch é".part_2 DEFAULT;
INSERT INTO part SELECT g, now()::date, CASE g % 3 WHEN 0 THEN 'a;' WHEN 1 THEN 'b''(' ELSE 'c' END FROM generate_series(0,199) g;
CREATE INDEX ON part (k); CREATE UNIQUE INDEX u ON public.log (a, what) WHERE what <> ';';
CREATE MATERIALIZED VIEW public.mv AS SELECT count(*) AS n FROM part; CREATE VIEW public.v AS SELECT ';' AS "semi;colon", a FROM log;
CREATE TYPE public.mood AS ENUM ('a', 'b;'); CREATE TYPE public.comp AS (a int, b text); CREATE DOMAIN public.dom AS text CHECK (VALUE <> ';');
CREATE TABLE public.typed OF public.comp;
CREATE FUNCTION public.trg() RETURNS trigger LANGUAGE plpgsql AS $_$ BEGIN RETURN NEW; END $_$;
CREATE TRIGGER t BEFORE UPDATE ON public.log FOR EACH ROW EXECUTE FUNCTION public.trg();
CREATE CONSTRAINT TRIGGER ct AFTER UPDATE ON public.log FOR EACH ROW EXECUTE FUNCTION public.trg();
CREATE FUNCTION public.etf() RETURNS event_trigger LANGUAGE plpgsql AS $_$ BEGIN NULL; END $_$;
CREATE EVENT TRIGGER et ON ddl_command_end EXECUTE FUNCTION public.etf(); ALTER EVENT TRIGGER et DISABLE;
CREATE AGGREGATE public.mysum(int) (SFUNC = int4pl, STYPE = int, INITCOND = '0');
CREATE OPERATOR public.=== (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq);
CREATE TEXT SEARCH CONFIGURATION public.es (COPY = pg_catalog.spanish);
CREATE COLLATION public.c (provider = icu, locale = 'es');
CREATE PUBLICATION p FOR TABLE public.log;
CREATE STATISTICS public.st ON a, what FROM public.log;
CREATE EXTENSION file_fdw; CREATE SERVER fs FOREIGN DATA WRAPPER file_fdw; CREATE FOREIGN TABLE public.ft (a text) SERVER fs OPTIONS (filename '/dev/null');
CREATE POLICY pol ON public.log USING (what <> ''';'); CREATE CAST (text AS public.mood) WITH INOUT;
COMMENT ON TABLE public.log IS 'a
-- PostgreSQL database dump complete
; \! rm ''quoted'' \';
ALTER TABLE public.log ALTER COLUMN what SET DEFAULT E'it\'s \\ ;\n';
CREATE TABLE public.wide (e hstore, l ltree, j jsonb, a text[]); INSERT INTO wide VALUES ('a=>"b;"', 'x.y', '{"a":"\\n;''"}', ARRAY['a','b"']);
SELECT lo_from_bytea(0, 'hello'''); SELECT lo_from_bytea(0, ''); SELECT lo_from_bytea(0, decode(repeat('5c27', 300),'hex'));

-- Whatever a reader of dumps could stumble over: names, values and objects of every awkward kind.
-- Needs a superuser. Works on PostgreSQL 14 and later; extensions only where they are available.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'Dueño "raro"; --') THEN
        CREATE ROLE "Dueño ""raro""; --";
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'solo_lectura') THEN
        CREATE ROLE solo_lectura;
    END IF;
END
$$;

CREATE SCHEMA "Otro Esquema" AUTHORIZATION "Dueño ""raro""; --";
CREATE SCHEMA "punto.y;coma""";
CREATE SCHEMA vacio;

-- Names.
CREATE TABLE "comilla ""doble""" (id int PRIMARY KEY, "col;umna" text, "a.b" text, "select" int, "con ""comillas""" text);
INSERT INTO "comilla ""doble""" VALUES (1, 'uno', 'dos', 3, 'cuatro'), (2, NULL, '', NULL, '\N');
CREATE TABLE "con espacio" (id int);
INSERT INTO "con espacio" SELECT generate_series(1, 3);
CREATE TABLE "punto.en.medio" (id int);
INSERT INTO "punto.en.medio" VALUES (1);
CREATE TABLE "punto;y coma" (id int);
INSERT INTO "punto;y coma" VALUES (1), (2);
CREATE TABLE "nueva
línea" ("otra
línea" text);
INSERT INTO "nueva
línea" VALUES ('a'), (E'b\nc');
CREATE TABLE "$dólar$ $1 $$" ("$x$" text);
INSERT INTO "$dólar$ $1 $$" VALUES ('$$'), ('$x$');
CREATE TABLE "MAYÚSCULA" ("ID" int);
INSERT INTO "MAYÚSCULA" VALUES (1);
CREATE TABLE mayúscula ("ID" int);
CREATE TABLE "select" ("from" int, "where" int, "table" int);
INSERT INTO "select" VALUES (1, 2, 3);
CREATE TABLE "日本語 🎉" ("列" text);
INSERT INTO "日本語 🎉" VALUES ('値'), ('🎉');
CREATE TABLE "barra\invertida\." (id int);
INSERT INTO "barra\invertida\." VALUES (1);
CREATE TABLE "-- comentario" (id int);
INSERT INTO "-- comentario" VALUES (1);
CREATE TABLE "/* nota" (id int);
CREATE TABLE "COPY x FROM stdin;" ("\." text, "(a, b)" text);
INSERT INTO "COPY x FROM stdin;" VALUES ('1', '2');
CREATE TABLE "'apóstrofo'" ("'" text DEFAULT '''');
INSERT INTO "'apóstrofo'" DEFAULT VALUES;
CREATE TABLE "tabulador	%s" (id int);
CREATE TABLE "Otro Esquema"."select" (id int, t text);
INSERT INTO "Otro Esquema"."select" VALUES (1, 'en otro esquema');
CREATE TABLE "punto.y;coma"""."a""."".b" (id int);
INSERT INTO "punto.y;coma"""."a""."".b" VALUES (42);
CREATE TABLE nombre_de_sesenta_y_tres_bytes_que_es_el_maximo_permitido_00000 (id int);

-- Values.
CREATE TABLE textos (id int PRIMARY KEY, t text);
INSERT INTO textos VALUES
    (1, 'CREATE TABLE falsa (id int);'),
    (2, '\.'),
    (3, E'\n\\.\n'),
    (4, 'COPY public.falsa (id) FROM stdin;'),
    (5, E'COPY public.falsa (id) FROM stdin;\n1\n\\.\n'),
    (6, '-- PostgreSQL database dump complete'),
    (7, E'línea\r\ncon\rretornos\ny\ttabuladores\x0b\x0c\x08'),
    (8, ''),
    (9, NULL),
    (10, '\N'),
    (11, E'\\\\ \\n \\t \\'),
    (12, '$$ $body$ '' " ; --'),
    (13, repeat('línea larga con ñ y \ ', 150000)),
    (14, E'\x01\x02\x1f\x7f'),
    (15, 'ÁÉÍÓÚ ñ € 日本語 🎉 é'),
    (16, ' espacios al borde '),
    (17, E'\\restrict abc'),
    (18, '\connect otra'),
    (19, 'SELECT pg_catalog.setval(''s'', 1, true);'),
    (20, E'"\n"');
CREATE TABLE una_columna (t text);
INSERT INTO una_columna VALUES (''), (NULL), ('\.'), ('.'), ('\'), (E'\n'), ('\.\.');
CREATE TABLE sin_columnas ();
INSERT INTO sin_columnas DEFAULT VALUES;
INSERT INTO sin_columnas DEFAULT VALUES;
CREATE TABLE vacia (id int, t text);
CREATE TABLE numeros (n numeric, d double precision, r real, i bigint, m money);
INSERT INTO numeros VALUES
    ('NaN', 'NaN', 'NaN', -9223372036854775808, '$1,234.56'), ('Infinity', '-Infinity', 'Infinity', 9223372036854775807, NULL),
    (0.1, 0.1, 0.1, 0, NULL), (-0.0, '-0', '1e-45', 1, NULL), (1e100, 1.7976931348623157e308, 3.4028235e38, 2, NULL);
CREATE TABLE fechas (d date, ts timestamp, tz timestamp with time zone, i interval, t time with time zone);
INSERT INTO fechas VALUES
    ('0044-03-15 BC', '4713-01-01 00:00:00 BC', '0001-01-01 00:00:00+00', '-1 years 2 mons -3 days 04:05:06.789', '24:00:00+15:59'),
    ('infinity', '-infinity', 'infinity', '178000000 years', '00:00:00-15:59'), ('2026-02-28', '294276-12-31 23:59:59.999999', '2026-03-29 01:30:00+00', '0', NULL);
CREATE TABLE binarios (b bytea, u uuid, ip inet, mac macaddr, bits bit varying, x xml);
INSERT INTO binarios VALUES
    ('\x', '00000000-0000-0000-0000-000000000000', '::1', '08:00:2b:01:02:03', B'', NULL),
    (decode(repeat('000a0d095c2e00ff', 20000), 'hex'), NULL, '10.0.0.0/8', NULL, B'1010', '<a b="&lt;">ñ</a>'), (NULL, NULL, NULL, NULL, NULL, NULL);
CREATE TABLE compuestos (a text[], m int[][], j json, jb jsonb, r int4range, mr int4multirange, p point, ts tsvector, q tsquery);
INSERT INTO compuestos VALUES
    (ARRAY['a,b', '"', '\', NULL, 'NULL', '', '{}', E'\n'], '{{1,2},{3,4}}', E'{"a" : "\\\\n",\n "a":1}', '{"ñ": ["\\", null, 1e3]}', '[1,10)', '{[1,2],[5,9)}', '(1.5,-2)', to_tsvector('spanish', 'los lotes vencidos'), 'lote & ! vencido'),
    ('{}', NULL, '{}', '[]', 'empty', '{}', NULL, '', NULL), ('[0:1]={x,y}', '{}', NULL, NULL, '(,)', NULL, NULL, NULL, NULL);

-- Types and domains.
CREATE TYPE "Estado; raro" AS ENUM ('a''b', 'c"d', E'e\nf', 'CREATE TABLE', '');
CREATE TYPE par AS ("x y" int, "z" "Estado; raro");
CREATE TYPE rango_flotante AS RANGE (subtype = float8, subtype_diff = float8mi);
CREATE DOMAIN positivo AS int DEFAULT 1 CHECK (VALUE > 0);
CREATE DOMAIN "Código;" AS text COLLATE "C" CONSTRAINT "con;forme" CHECK (VALUE <> ';');
CREATE COLLATION "orden ""raro""" (provider = libc, locale = 'C');
CREATE TABLE tipos (e "Estado; raro", p par, pp par[], n positivo, c "Código;", f rango_flotante, o text COLLATE "orden ""raro""");
INSERT INTO tipos VALUES (E'e\nf', ROW (1, ''), ARRAY[ROW (2, 'c"d')::par], 5, 'x"y', '[1.5,2.5)', 'ñ'), (NULL, NULL, NULL, NULL, NULL, NULL, NULL);

-- Generated, identity and serial columns; sequences.
CREATE TABLE generadas (id bigint GENERATED ALWAYS AS IDENTITY (START WITH 100 INCREMENT BY 10), s serial, base int, doble int GENERATED ALWAYS AS (base * 2) STORED, t text DEFAULT 'a;b' || 'c');
INSERT INTO generadas (base) SELECT generate_series(1, 5);
ALTER TABLE generadas DROP COLUMN t;
ALTER TABLE generadas ADD COLUMN "t;2" text DEFAULT '$$';
CREATE SEQUENCE "secuencia; rara" AS smallint INCREMENT BY -3 MINVALUE -100 MAXVALUE 100 START WITH 50 CYCLE CACHE 5;
SELECT nextval('"secuencia; rara"');
CREATE SEQUENCE sin_usar;
CREATE SEQUENCE "Otro Esquema"."SEQ" START WITH 9000000000000000000;
SELECT setval('"Otro Esquema"."SEQ"', 9223372036854775806);

-- Functions.
CREATE FUNCTION "función; COPY x FROM stdin;"(a int DEFAULT 1, "b;c" text DEFAULT '$$;') RETURNS text LANGUAGE plpgsql AS $cuerpo$
BEGIN
    -- The body looks like a dump.
    EXECUTE $q$
COPY public.falsa (id) FROM stdin;
1
\.
CREATE TABLE public.otra_falsa (id int);
$q$;
    RETURN '$$ -- ;' || "b;c";
END
$cuerpo$;
CREATE FUNCTION con_comillas() RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT ''it''''s; \ $$ CREATE TABLE x();''::text';
CREATE FUNCTION atomica(n int) RETURNS int LANGUAGE sql BEGIN ATOMIC
    SELECT n + 1;
    SELECT CASE WHEN n > 0 THEN n ELSE 0 END;
END;
CREATE PROCEDURE procedimiento(INOUT x int) LANGUAGE plpgsql AS $$ BEGIN x := x + 1; END $$;
CREATE AGGREGATE suma(int) (SFUNC = int4pl, STYPE = int, INITCOND = '0');
CREATE OPERATOR === (LEFTARG = text, RIGHTARG = text, FUNCTION = texteq);
CREATE FUNCTION filas() RETURNS SETOF public.textos LANGUAGE sql STABLE AS $$ SELECT * FROM public.textos WHERE id < 10 $$;

-- Triggers, rules, policies, event trigger.
CREATE FUNCTION disparador() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW."t;2" := coalesce(NEW."t;2", 'por; defecto'); RETURN NEW; END $$;
CREATE TRIGGER "disparador; raro" BEFORE INSERT OR UPDATE OF base ON generadas FOR EACH ROW WHEN (NEW.base > 0) EXECUTE FUNCTION disparador();
ALTER TABLE generadas DISABLE TRIGGER "disparador; raro";
CREATE TABLE con_reglas (id int PRIMARY KEY, t text);
CREATE TABLE bitacora (t text);
CREATE RULE "varias; sentencias" AS ON INSERT TO con_reglas DO ALSO (INSERT INTO bitacora VALUES ('uno;'); INSERT INTO bitacora VALUES ('dos''' || new.t));
CREATE RULE nada AS ON DELETE TO con_reglas DO INSTEAD NOTHING;
INSERT INTO con_reglas VALUES (1, 'x');
CREATE TABLE protegida (id int, dueno name DEFAULT current_user);
INSERT INTO protegida VALUES (1, 'solo_lectura'), (2, 'postgres');
ALTER TABLE protegida ENABLE ROW LEVEL SECURITY;
CREATE POLICY "sólo; lo suyo" ON protegida FOR SELECT TO solo_lectura USING (dueno = current_user AND ';' <> '');
CREATE FUNCTION ante_cambio() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; END $$;
CREATE EVENT TRIGGER "cambio; raro" ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION ante_cambio();

-- Partitions and inheritance.
CREATE TABLE ventas (id int, fecha date, zona text, monto numeric) PARTITION BY RANGE (fecha);
CREATE TABLE ventas_2025 PARTITION OF ventas FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE ventas_2026 PARTITION OF ventas FOR VALUES FROM ('2026-01-01') TO ('2027-01-01') PARTITION BY LIST (zona);
CREATE TABLE "ventas 2026 ""norte""" PARTITION OF ventas_2026 FOR VALUES IN ('norte', 'o''este', NULL);
CREATE TABLE ventas_2026_resto PARTITION OF ventas_2026 DEFAULT PARTITION BY HASH (id);
CREATE TABLE ventas_2026_resto_0 PARTITION OF ventas_2026_resto FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE "Otro Esquema".ventas_2026_resto_1 PARTITION OF ventas_2026_resto FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE ventas_otras PARTITION OF ventas DEFAULT;
CREATE TABLE sin_particiones (id int) PARTITION BY RANGE (id);
INSERT INTO ventas SELECT n, date '2024-06-01' + n * 3, (ARRAY['norte', 'sur', 'o''este', NULL])[1 + n % 4], n * 1.1 FROM generate_series(1, 400) AS n;
CREATE INDEX ventas_fecha ON ventas (fecha);
ALTER TABLE ventas_2025 ADD CONSTRAINT monto_positivo CHECK (monto > 0);
CREATE TABLE abuelo (id int, a text);
CREATE TABLE padre (b text) INHERITS (abuelo);
CREATE TABLE madre (c text) INHERITS (abuelo);
CREATE TABLE nieto (d text) INHERITS (padre, madre);
INSERT INTO abuelo VALUES (1, 'abuelo');
INSERT INTO padre VALUES (2, 'padre', 'b');
INSERT INTO madre VALUES (3, 'madre', 'c'), (4, 'madre', 'c');
INSERT INTO nieto VALUES (5, 'nieto', 'b', 'c', 'd'), (6, 'nieto', 'b', 'c', 'd'), (7, 'nieto', 'b', 'c', 'd');

-- Constraints and indices.
CREATE TABLE circular_a (id int PRIMARY KEY, b_id int);
CREATE TABLE circular_b (id int PRIMARY KEY, a_id int REFERENCES circular_a (id) DEFERRABLE INITIALLY DEFERRED);
ALTER TABLE circular_a ADD CONSTRAINT "clave; ajena" FOREIGN KEY (b_id) REFERENCES circular_b (id) NOT VALID;
INSERT INTO circular_b VALUES (1, NULL), (2, NULL);
INSERT INTO circular_a VALUES (1, 2), (2, 1);
UPDATE circular_b SET a_id = id;
CREATE TABLE reservas (sala int, durante int4range, EXCLUDE USING gist (durante WITH &&) WHERE (sala = 1));
INSERT INTO reservas VALUES (1, '[1,5)'), (1, '[5,9)'), (2, '[1,9)');
CREATE INDEX "índice; raro" ON textos (md5(t)) INCLUDE (id) WHERE t <> ';''';
CREATE INDEX ON fechas USING brin (d);
CREATE INDEX ON compuestos USING gin (jb jsonb_path_ops);
CREATE INDEX ON numeros USING hash (i);
CREATE STATISTICS "estadística; rara" (dependencies, ndistinct) ON id, zona FROM ventas_2025;
ALTER TABLE textos REPLICA IDENTITY FULL;
ALTER TABLE textos ALTER COLUMN t SET STORAGE EXTERNAL;
ALTER TABLE textos CLUSTER ON textos_pkey;

-- Views.
CREATE VIEW "vista; rara" AS SELECT id AS "id;", t AS "COPY t FROM stdin;" FROM textos WHERE t <> ';';
CREATE VIEW con_opciones WITH (security_barrier = true) AS SELECT id FROM con_reglas WHERE id > 0 WITH LOCAL CHECK OPTION;
CREATE MATERIALIZED VIEW materializada AS SELECT zona, count(*) AS cuenta FROM public.ventas GROUP BY zona;
CREATE MATERIALIZED VIEW de_funcion AS SELECT id, length(t) AS largo FROM public.filas();
CREATE UNIQUE INDEX ON de_funcion (id);
CREATE MATERIALIZED VIEW sin_datos AS SELECT 1 AS uno WITH NO DATA;

-- Unlogged, storage parameters, owners, privileges, comments, publication.
CREATE UNLOGGED TABLE volatil (id int) WITH (fillfactor = 70);
INSERT INTO volatil VALUES (1), (2);
ALTER TABLE "con espacio" OWNER TO "Dueño ""raro""; --";
ALTER FUNCTION con_comillas() OWNER TO "Dueño ""raro""; --";
GRANT SELECT, INSERT ON "comilla ""doble""" TO solo_lectura WITH GRANT OPTION;
GRANT SELECT ("from", "where") ON "select" TO "Dueño ""raro""; --";
GRANT USAGE ON SCHEMA "Otro Esquema" TO solo_lectura, PUBLIC;
REVOKE ALL ON FUNCTION con_comillas() FROM PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA "Otro Esquema" GRANT SELECT ON TABLES TO solo_lectura;
COMMENT ON TABLE textos IS E'comentario; con ''comillas'',\nCREATE TABLE falsa ();\n\\.\n$$';
COMMENT ON COLUMN "comilla ""doble"""."col;umna" IS '\ COPY x FROM stdin;';
COMMENT ON SCHEMA "punto.y;coma""" IS '-- nada';
CREATE PUBLICATION "publicación; rara" FOR TABLE textos, "con espacio" WITH (publish = 'insert, update');

-- Large objects: some bytes, none, and more than two megabytes.
SELECT lo_from_bytea(40001, convert_to('contenido; \. COPY x FROM stdin;', 'UTF8'));
SELECT lo_create(40002);
SELECT lo_from_bytea(40003, decode(repeat('00ff5c0a', 600000), 'hex'));
ALTER LARGE OBJECT 40001 OWNER TO "Dueño ""raro""; --";
GRANT SELECT ON LARGE OBJECT 40003 TO solo_lectura;
COMMENT ON LARGE OBJECT 40002 IS 'vacío; a propósito';

-- Text search.
CREATE TEXT SEARCH DICTIONARY raices (TEMPLATE = snowball, language = spanish, stopwords = spanish);
CREATE TEXT SEARCH CONFIGURATION "búsqueda" (COPY = spanish);
ALTER TEXT SEARCH CONFIGURATION "búsqueda" ALTER MAPPING FOR word WITH raices;

-- What not every installation has.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_available_extensions WHERE name = 'hstore') THEN
        CREATE EXTENSION hstore SCHEMA "Otro Esquema";
        CREATE TABLE con_extension (h "Otro Esquema".hstore);
        INSERT INTO con_extension VALUES ('"a;b"=>"c\"d", e=>NULL');
    END IF;
    IF EXISTS (SELECT FROM pg_available_extensions WHERE name = 'postgres_fdw') THEN
        CREATE EXTENSION postgres_fdw;
        CREATE SERVER "servidor; remoto" FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'db.invalid', dbname 'a''b');
        CREATE USER MAPPING FOR solo_lectura SERVER "servidor; remoto" OPTIONS (user 'u');
        CREATE FOREIGN TABLE remota (id int OPTIONS (column_name 'i d'), t text) SERVER "servidor; remoto" OPTIONS (table_name 'x;y');
    END IF;
END
$$;

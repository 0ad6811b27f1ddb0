--
-- PostgreSQL database dump
--

\restrict PcC5nVTYcOwF3RTO8K8foaJyzrpCwauRM6PDQYBIBqCBMe8fEfn2GytjqcxGsDm

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: Sch é; Type: SCHEMA; Schema: -; Owner: postgres
--

CREATE SCHEMA "Sch é";


ALTER SCHEMA "Sch é" OWNER TO postgres;

--
-- Name: c; Type: COLLATION; Schema: public; Owner: postgres
--

CREATE COLLATION public.c (provider = icu, locale = 'es');


ALTER COLLATION public.c OWNER TO postgres;

--
-- Name: file_fdw; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS file_fdw WITH SCHEMA public;


--
-- Name: EXTENSION file_fdw; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION file_fdw IS 'foreign-data wrapper for flat file access';


--
-- Name: hstore; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS hstore WITH SCHEMA public;


--
-- Name: EXTENSION hstore; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION hstore IS 'data type for storing sets of (key, value) pairs';


--
-- Name: ltree; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS ltree WITH SCHEMA public;


--
-- Name: EXTENSION ltree; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION ltree IS 'data type for hierarchical tree-like structures';


--
-- Name: comp; Type: TYPE; Schema: public; Owner: postgres
--

CREATE TYPE public.comp AS (
	a integer,
	b text
);


ALTER TYPE public.comp OWNER TO postgres;

--
-- Name: dom; Type: DOMAIN; Schema: public; Owner: postgres
--

CREATE DOMAIN public.dom AS text
	CONSTRAINT dom_check CHECK ((VALUE <> ';'::text));


ALTER DOMAIN public.dom OWNER TO postgres;

--
-- Name: mood; Type: TYPE; Schema: public; Owner: postgres
--

CREATE TYPE public.mood AS ENUM (
    'a',
    'b;'
);


ALTER TYPE public.mood OWNER TO postgres;

--
-- Name: CAST (text AS public.mood); Type: CAST; Schema: -; Owner: -
--

CREATE CAST (text AS public.mood) WITH INOUT;


--
-- Name: atomic_one(integer); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.atomic_one(a integer, OUT b integer) RETURNS integer
    LANGUAGE sql
    BEGIN ATOMIC
 SELECT
         CASE
             WHEN (a > 1) THEN
             CASE
                 WHEN (a > 2) THEN 1
                 ELSE 2
             END
             ELSE 3
         END AS "case";
 SELECT 2 AS "end";
END;


ALTER FUNCTION public.atomic_one(a integer, OUT b integer) OWNER TO postgres;

--
-- Name: begin(); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.begin() RETURNS integer
    LANGUAGE sql
    AS $$select 1;$$;


ALTER FUNCTION public.begin() OWNER TO postgres;

--
-- Name: bodied(); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.bodied() RETURNS void
    LANGUAGE plpgsql
    AS $_$
BEGIN
  EXECUTE $$COPY x FROM stdin;$$;
  -- '; "
  RAISE NOTICE 'it''s; $fnx$ CREATE TABLE z();';
END $_$;


ALTER FUNCTION public.bodied() OWNER TO postgres;

--
-- Name: etf(); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.etf() RETURNS event_trigger
    LANGUAGE plpgsql
    AS $$ BEGIN NULL; END $$;


ALTER FUNCTION public.etf() OWNER TO postgres;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: first_null; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.first_null (
    a text,
    b bytea
);


ALTER TABLE public.first_null OWNER TO postgres;

--
-- Name: proc(); Type: PROCEDURE; Schema: public; Owner: postgres
--

CREATE PROCEDURE public.proc()
    LANGUAGE sql
    BEGIN ATOMIC
 INSERT INTO public.first_null (a)
   VALUES ('x;'::text);
 DELETE FROM public.first_null
   WHERE (first_null.a = 'END'::text);
END;


ALTER PROCEDURE public.proc() OWNER TO postgres;

--
-- Name: trg(); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.trg() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RETURN NEW; END $$;


ALTER FUNCTION public.trg() OWNER TO postgres;

--
-- Name: mysum(integer); Type: AGGREGATE; Schema: public; Owner: postgres
--

CREATE AGGREGATE public.mysum(integer) (
    SFUNC = int4pl,
    STYPE = integer,
    INITCOND = '0'
);


ALTER AGGREGATE public.mysum(integer) OWNER TO postgres;

--
-- Name: ===; Type: OPERATOR; Schema: public; Owner: postgres
--

CREATE OPERATOR public.=== (
    FUNCTION = int4eq,
    LEFTARG = integer,
    RIGHTARG = integer
);


ALTER OPERATOR public.=== (integer, integer) OWNER TO postgres;

--
-- Name: es; Type: TEXT SEARCH CONFIGURATION; Schema: public; Owner: postgres
--

CREATE TEXT SEARCH CONFIGURATION public.es (
    PARSER = pg_catalog."default" );

ALTER TEXT SEARCH CONFIGURATION public.es
    ADD MAPPING FOR asciiword WITH spanish_stem;

ALTER TEXT SEARCH CONFIGURATION public.es
    ADD MAPPING FOR word WITH spanish_stem;

ALTER TEXT SEARCH CONFIGURATION public.es
    ADD MAPPING FOR numword WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.es
    ADD MAPPING FOR email WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.es
    ADD MAPPING FOR url WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.es
    ADD MAPPING FOR host WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.es
    ADD MAPPING FOR sfloat WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.es
    ADD MAPPING FOR version WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.es
    ADD MAPPING FOR hword_numpart WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.es
    ADD MAPPING FOR hword_part WITH spanish_stem;

ALTER TEXT SEARCH CONFIGURATION public.es
    ADD MAPPING FOR hword_asciipart WITH spanish_stem;

ALTER TEXT SEARCH CONFIGURATION public.es
    ADD MAPPING FOR numhword WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.es
    ADD MAPPING FOR asciihword WITH spanish_stem;

ALTER TEXT SEARCH CONFIGURATION public.es
    ADD MAPPING FOR hword WITH spanish_stem;

ALTER TEXT SEARCH CONFIGURATION public.es
    ADD MAPPING FOR url_path WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.es
    ADD MAPPING FOR file WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.es
    ADD MAPPING FOR "float" WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.es
    ADD MAPPING FOR "int" WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.es
    ADD MAPPING FOR uint WITH simple;


ALTER TEXT SEARCH CONFIGURATION public.es OWNER TO postgres;

--
-- Name: fs; Type: SERVER; Schema: -; Owner: postgres
--

CREATE SERVER fs FOREIGN DATA WRAPPER file_fdw;


ALTER SERVER fs OWNER TO postgres;

--
-- Name: back\slash; Type: SEQUENCE; Schema: Sch é; Owner: postgres
--

CREATE SEQUENCE "Sch é"."back\slash"
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE "Sch é"."back\slash" OWNER TO postgres;

--
-- Name: part; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.part (
    k integer,
    d date,
    v text
)
PARTITION BY RANGE (k);


ALTER TABLE public.part OWNER TO postgres;

--
-- Name: part_2; Type: TABLE; Schema: Sch é; Owner: postgres
--

CREATE TABLE "Sch é".part_2 (
    k integer,
    d date,
    v text
)
PARTITION BY LIST (v);


ALTER TABLE "Sch é".part_2 OWNER TO postgres;

--
-- Name: s"q tab le'x; Type: TABLE; Schema: Sch é; Owner: postgres
--

CREATE TABLE "Sch é"."s""q tab
le'x" (
    id integer NOT NULL,
    "a;b" text,
    g integer GENERATED ALWAYS AS (length("a;b")) STORED
);


ALTER TABLE "Sch é"."s""q tab
le'x" OWNER TO postgres;

--
-- Name: s"q tab le'x_id_seq; Type: SEQUENCE; Schema: Sch é; Owner: postgres
--

ALTER TABLE "Sch é"."s""q tab
le'x" ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME "Sch é"."s""q tab
le'x_id_seq"
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: s"q'; Type: SEQUENCE; Schema: Sch é; Owner: postgres
--

CREATE SEQUENCE "Sch é"."s""q'"
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE "Sch é"."s""q'" OWNER TO postgres;

--
-- Name: top; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.top (
    a integer
);


ALTER TABLE public.top OWNER TO postgres;

--
-- Name: l; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.l (
    x integer
)
INHERITS (public.top);


ALTER TABLE public.l OWNER TO postgres;

--
-- Name: r; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.r (
    y integer
)
INHERITS (public.top);


ALTER TABLE public.r OWNER TO postgres;

--
-- Name: Bo,t(tom); Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public."Bo,t(tom)" (
    z integer
)
INHERITS (public.l, public.r);


ALTER TABLE public."Bo,t(tom)" OWNER TO postgres;

--
-- Name: down; Type: SEQUENCE; Schema: public; Owner: postgres
--

CREATE SEQUENCE public.down
    START WITH -1
    INCREMENT BY -1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.down OWNER TO postgres;

--
-- Name: empty_t; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.empty_t (
    a integer
);


ALTER TABLE public.empty_t OWNER TO postgres;

--
-- Name: ft; Type: FOREIGN TABLE; Schema: public; Owner: postgres
--

CREATE FOREIGN TABLE public.ft (
    a text
)
SERVER fs
OPTIONS (
    filename '/dev/null'
);


ALTER FOREIGN TABLE public.ft OWNER TO postgres;

--
-- Name: huge; Type: SEQUENCE; Schema: public; Owner: postgres
--

CREATE SEQUENCE public.huge
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.huge OWNER TO postgres;

--
-- Name: log; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.log (
    a integer,
    what text DEFAULT 'it''s \ ;
'::text
);


ALTER TABLE public.log OWNER TO postgres;

--
-- Name: TABLE log; Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON TABLE public.log IS 'a
-- PostgreSQL database dump complete
; \! rm ''quoted'' \';


--
-- Name: mv; Type: MATERIALIZED VIEW; Schema: public; Owner: postgres
--

CREATE MATERIALIZED VIEW public.mv AS
 SELECT count(*) AS n
   FROM public.part
  WITH NO DATA;


ALTER TABLE public.mv OWNER TO postgres;

--
-- Name: part_1; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.part_1 (
    k integer,
    d date,
    v text
);


ALTER TABLE public.part_1 OWNER TO postgres;

--
-- Name: part_2a; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.part_2a (
    k integer,
    d date,
    v text
);


ALTER TABLE public.part_2a OWNER TO postgres;

--
-- Name: part_2d; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.part_2d (
    k integer,
    d date,
    v text
);


ALTER TABLE public.part_2d OWNER TO postgres;

--
-- Name: ruled; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.ruled (
    a integer
);


ALTER TABLE public.ruled OWNER TO postgres;

--
-- Name: typed; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.typed OF public.comp;


ALTER TABLE public.typed OWNER TO postgres;

--
-- Name: unlog; Type: TABLE; Schema: public; Owner: postgres
--

CREATE UNLOGGED TABLE public.unlog (
    a integer
);


ALTER TABLE public.unlog OWNER TO postgres;

--
-- Name: v; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.v AS
 SELECT ';'::text AS "semi;colon",
    log.a
   FROM public.log;


ALTER TABLE public.v OWNER TO postgres;

--
-- Name: wide; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.wide (
    e public.hstore,
    l public.ltree,
    j jsonb,
    a text[]
);


ALTER TABLE public.wide OWNER TO postgres;

--
-- Name: zero; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.zero (
);


ALTER TABLE public.zero OWNER TO postgres;

--
-- Name: part_2; Type: TABLE ATTACH; Schema: Sch é; Owner: postgres
--

ALTER TABLE ONLY public.part ATTACH PARTITION "Sch é".part_2 FOR VALUES FROM (100) TO (200);


--
-- Name: part_1; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.part ATTACH PARTITION public.part_1 FOR VALUES FROM (0) TO (100);


--
-- Name: part_2a; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY "Sch é".part_2 ATTACH PARTITION public.part_2a FOR VALUES IN ('a;', 'b''(');


--
-- Name: part_2d; Type: TABLE ATTACH; Schema: public; Owner: postgres
--

ALTER TABLE ONLY "Sch é".part_2 ATTACH PARTITION public.part_2d DEFAULT;


--
-- Name: 17315; Type: BLOB; Schema: -; Owner: postgres
--

SELECT pg_catalog.lo_create('17315');


ALTER LARGE OBJECT 17315 OWNER TO postgres;

--
-- Name: 17316; Type: BLOB; Schema: -; Owner: postgres
--

SELECT pg_catalog.lo_create('17316');


ALTER LARGE OBJECT 17316 OWNER TO postgres;

--
-- Name: 17317; Type: BLOB; Schema: -; Owner: postgres
--

SELECT pg_catalog.lo_create('17317');


ALTER LARGE OBJECT 17317 OWNER TO postgres;

--
-- Data for Name: s"q tab le'x; Type: TABLE DATA; Schema: Sch é; Owner: postgres
--

COPY "Sch é"."s""q tab
le'x" (id, "a;b") FROM stdin;
1	CREATE TABLE nope (x int);
2	\\.
3	line\n\\.\nCOPY public.x (a) FROM stdin;\n1\n\\.\n
4	\N
5	tab\t\b\\N\\\\.
6	-- PostgreSQL database dump complete
7	
\.


--
-- Data for Name: Bo,t(tom); Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public."Bo,t(tom)" (a, x, y, z) FROM stdin;
1	1	1	1
1	1	1	1
1	1	1	1
1	1	1	1
\.


--
-- Data for Name: empty_t; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.empty_t (a) FROM stdin;
\.


--
-- Data for Name: first_null; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.first_null (a, b) FROM stdin;
\N	\\x0a5c2e0a
\\.	\N
\\	\\x
\.


--
-- Data for Name: l; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.l (a, x) FROM stdin;
2	2
3	3
\.


--
-- Data for Name: log; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.log (a, what) FROM stdin;
2	ins;
3	ins;
4	ins;
5	ins;
6	ins;
7	ins;
8	ins;
9	ins;
10	ins;
1	x';
\.


--
-- Data for Name: part_1; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.part_1 (k, d, v) FROM stdin;
0	2026-11-24	a;
1	2026-11-24	b'(
2	2026-11-24	c
3	2026-11-24	a;
4	2026-11-24	b'(
5	2026-11-24	c
6	2026-11-24	a;
7	2026-11-24	b'(
8	2026-11-24	c
9	2026-11-24	a;
10	2026-11-24	b'(
11	2026-11-24	c
12	2026-11-24	a;
13	2026-11-24	b'(
14	2026-11-24	c
15	2026-11-24	a;
16	2026-11-24	b'(
17	2026-11-24	c
18	2026-11-24	a;
19	2026-11-24	b'(
20	2026-11-24	c
21	2026-11-24	a;
22	2026-11-24	b'(
23	2026-11-24	c
24	2026-11-24	a;
25	2026-11-24	b'(
26	2026-11-24	c
27	2026-11-24	a;
28	2026-11-24	b'(
29	2026-11-24	c
30	2026-11-24	a;
31	2026-11-24	b'(
32	2026-11-24	c
33	2026-11-24	a;
34	2026-11-24	b'(
35	2026-11-24	c
36	2026-11-24	a;
37	2026-11-24	b'(
38	2026-11-24	c
39	2026-11-24	a;
40	2026-11-24	b'(
41	2026-11-24	c
42	2026-11-24	a;
43	2026-11-24	b'(
44	2026-11-24	c
45	2026-11-24	a;
46	2026-11-24	b'(
47	2026-11-24	c
48	2026-11-24	a;
49	2026-11-24	b'(
50	2026-11-24	c
51	2026-11-24	a;
52	2026-11-24	b'(
53	2026-11-24	c
54	2026-11-24	a;
55	2026-11-24	b'(
56	2026-11-24	c
57	2026-11-24	a;
58	2026-11-24	b'(
59	2026-11-24	c
60	2026-11-24	a;
61	2026-11-24	b'(
62	2026-11-24	c
63	2026-11-24	a;
64	2026-11-24	b'(
65	2026-11-24	c
66	2026-11-24	a;
67	2026-11-24	b'(
68	2026-11-24	c
69	2026-11-24	a;
70	2026-11-24	b'(
71	2026-11-24	c
72	2026-11-24	a;
73	2026-11-24	b'(
74	2026-11-24	c
75	2026-11-24	a;
76	2026-11-24	b'(
77	2026-11-24	c
78	2026-11-24	a;
79	2026-11-24	b'(
80	2026-11-24	c
81	2026-11-24	a;
82	2026-11-24	b'(
83	2026-11-24	c
84	2026-11-24	a;
85	2026-11-24	b'(
86	2026-11-24	c
87	2026-11-24	a;
88	2026-11-24	b'(
89	2026-11-24	c
90	2026-11-24	a;
91	2026-11-24	b'(
92	2026-11-24	c
93	2026-11-24	a;
94	2026-11-24	b'(
95	2026-11-24	c
96	2026-11-24	a;
97	2026-11-24	b'(
98	2026-11-24	c
99	2026-11-24	a;
\.


--
-- Data for Name: part_2a; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.part_2a (k, d, v) FROM stdin;
100	2026-11-24	b'(
102	2026-11-24	a;
103	2026-11-24	b'(
105	2026-11-24	a;
106	2026-11-24	b'(
108	2026-11-24	a;
109	2026-11-24	b'(
111	2026-11-24	a;
112	2026-11-24	b'(
114	2026-11-24	a;
115	2026-11-24	b'(
117	2026-11-24	a;
118	2026-11-24	b'(
120	2026-11-24	a;
121	2026-11-24	b'(
123	2026-11-24	a;
124	2026-11-24	b'(
126	2026-11-24	a;
127	2026-11-24	b'(
129	2026-11-24	a;
130	2026-11-24	b'(
132	2026-11-24	a;
133	2026-11-24	b'(
135	2026-11-24	a;
136	2026-11-24	b'(
138	2026-11-24	a;
139	2026-11-24	b'(
141	2026-11-24	a;
142	2026-11-24	b'(
144	2026-11-24	a;
145	2026-11-24	b'(
147	2026-11-24	a;
148	2026-11-24	b'(
150	2026-11-24	a;
151	2026-11-24	b'(
153	2026-11-24	a;
154	2026-11-24	b'(
156	2026-11-24	a;
157	2026-11-24	b'(
159	2026-11-24	a;
160	2026-11-24	b'(
162	2026-11-24	a;
163	2026-11-24	b'(
165	2026-11-24	a;
166	2026-11-24	b'(
168	2026-11-24	a;
169	2026-11-24	b'(
171	2026-11-24	a;
172	2026-11-24	b'(
174	2026-11-24	a;
175	2026-11-24	b'(
177	2026-11-24	a;
178	2026-11-24	b'(
180	2026-11-24	a;
181	2026-11-24	b'(
183	2026-11-24	a;
184	2026-11-24	b'(
186	2026-11-24	a;
187	2026-11-24	b'(
189	2026-11-24	a;
190	2026-11-24	b'(
192	2026-11-24	a;
193	2026-11-24	b'(
195	2026-11-24	a;
196	2026-11-24	b'(
198	2026-11-24	a;
199	2026-11-24	b'(
\.


--
-- Data for Name: part_2d; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.part_2d (k, d, v) FROM stdin;
101	2026-11-24	c
104	2026-11-24	c
107	2026-11-24	c
110	2026-11-24	c
113	2026-11-24	c
116	2026-11-24	c
119	2026-11-24	c
122	2026-11-24	c
125	2026-11-24	c
128	2026-11-24	c
131	2026-11-24	c
134	2026-11-24	c
137	2026-11-24	c
140	2026-11-24	c
143	2026-11-24	c
146	2026-11-24	c
149	2026-11-24	c
152	2026-11-24	c
155	2026-11-24	c
158	2026-11-24	c
161	2026-11-24	c
164	2026-11-24	c
167	2026-11-24	c
170	2026-11-24	c
173	2026-11-24	c
176	2026-11-24	c
179	2026-11-24	c
182	2026-11-24	c
185	2026-11-24	c
188	2026-11-24	c
191	2026-11-24	c
194	2026-11-24	c
197	2026-11-24	c
\.


--
-- Data for Name: r; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.r (a, y) FROM stdin;
4	4
5	5
6	6
\.


--
-- Data for Name: ruled; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.ruled (a) FROM stdin;
1
2
3
4
5
6
7
8
9
10
\.


--
-- Data for Name: top; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.top (a) FROM stdin;
1
\.


--
-- Data for Name: typed; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.typed (a, b) FROM stdin;
\.


--
-- Data for Name: unlog; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.unlog (a) FROM stdin;
1
\.


--
-- Data for Name: wide; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.wide (e, l, j, a) FROM stdin;
"a"=>"b;"	x.y	{"a": "\\\\n;'"}	{a,"b\\""}
\.


--
-- Data for Name: zero; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.zero  FROM stdin;



\.


--
-- Name: back\slash; Type: SEQUENCE SET; Schema: Sch é; Owner: postgres
--

SELECT pg_catalog.setval('"Sch é"."back\slash"', 7, false);


--
-- Name: s"q tab le'x_id_seq; Type: SEQUENCE SET; Schema: Sch é; Owner: postgres
--

SELECT pg_catalog.setval('"Sch é"."s""q tab
le''x_id_seq"', 7, true);


--
-- Name: s"q'; Type: SEQUENCE SET; Schema: Sch é; Owner: postgres
--

SELECT pg_catalog.setval('"Sch é"."s""q''"', 42, true);


--
-- Name: down; Type: SEQUENCE SET; Schema: public; Owner: postgres
--

SELECT pg_catalog.setval('public.down', -5, true);


--
-- Name: huge; Type: SEQUENCE SET; Schema: public; Owner: postgres
--

SELECT pg_catalog.setval('public.huge', 9223372036854775807, true);


--
-- Data for Name: BLOBS; Type: BLOBS; Schema: -; Owner: -
--

BEGIN;

SELECT pg_catalog.lo_open('17315', 131072);
SELECT pg_catalog.lowrite(0, '\x68656c6c6f27');
SELECT pg_catalog.lo_close(0);

SELECT pg_catalog.lo_open('17316', 131072);
SELECT pg_catalog.lo_close(0);

SELECT pg_catalog.lo_open('17317', 131072);
SELECT pg_catalog.lowrite(0, '\x5c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c275c27');
SELECT pg_catalog.lo_close(0);

COMMIT;

--
-- Name: s"q tab le'x s"q tab le'x_pkey; Type: CONSTRAINT; Schema: Sch é; Owner: postgres
--

ALTER TABLE ONLY "Sch é"."s""q tab
le'x"
    ADD CONSTRAINT "s""q tab
le'x_pkey" PRIMARY KEY (id);


--
-- Name: part_k_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX part_k_idx ON ONLY public.part USING btree (k);


--
-- Name: part_2_k_idx; Type: INDEX; Schema: Sch é; Owner: postgres
--

CREATE INDEX part_2_k_idx ON ONLY "Sch é".part_2 USING btree (k);


--
-- Name: part_1_k_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX part_1_k_idx ON public.part_1 USING btree (k);


--
-- Name: part_2a_k_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX part_2a_k_idx ON public.part_2a USING btree (k);


--
-- Name: part_2d_k_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX part_2d_k_idx ON public.part_2d USING btree (k);


--
-- Name: u; Type: INDEX; Schema: public; Owner: postgres
--

CREATE UNIQUE INDEX u ON public.log USING btree (a, what) WHERE (what <> ';'::text);


--
-- Name: part_2_k_idx; Type: INDEX ATTACH; Schema: Sch é; Owner: postgres
--

ALTER INDEX public.part_k_idx ATTACH PARTITION "Sch é".part_2_k_idx;


--
-- Name: part_1_k_idx; Type: INDEX ATTACH; Schema: public; Owner: postgres
--

ALTER INDEX public.part_k_idx ATTACH PARTITION public.part_1_k_idx;


--
-- Name: part_2a_k_idx; Type: INDEX ATTACH; Schema: public; Owner: postgres
--

ALTER INDEX "Sch é".part_2_k_idx ATTACH PARTITION public.part_2a_k_idx;


--
-- Name: part_2d_k_idx; Type: INDEX ATTACH; Schema: public; Owner: postgres
--

ALTER INDEX "Sch é".part_2_k_idx ATTACH PARTITION public.part_2d_k_idx;


--
-- Name: st; Type: STATISTICS; Schema: public; Owner: postgres
--

CREATE STATISTICS public.st ON a, what FROM public.log;


ALTER STATISTICS public.st OWNER TO postgres;

--
-- Name: ruled r; Type: RULE; Schema: public; Owner: postgres
--

CREATE RULE r AS
    ON INSERT TO public.ruled DO ( INSERT INTO public.log (a, what)
  VALUES (new.a, 'ins;'::text);
 UPDATE public.log SET what = 'x'';'::text
  WHERE (log.a = 1);
);


--
-- Name: log ct; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE CONSTRAINT TRIGGER ct AFTER UPDATE ON public.log NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW EXECUTE FUNCTION public.trg();


--
-- Name: log t; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER t BEFORE UPDATE ON public.log FOR EACH ROW EXECUTE FUNCTION public.trg();


--
-- Name: log pol; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY pol ON public.log USING ((what <> ''';'::text));


--
-- Name: p; Type: PUBLICATION; Schema: -; Owner: postgres
--

CREATE PUBLICATION p WITH (publish = 'insert, update, delete, truncate');


ALTER PUBLICATION p OWNER TO postgres;

--
-- Name: p log; Type: PUBLICATION TABLE; Schema: public; Owner: postgres
--

ALTER PUBLICATION p ADD TABLE ONLY public.log;


--
-- Name: et; Type: EVENT TRIGGER; Schema: -; Owner: postgres
--

CREATE EVENT TRIGGER et ON ddl_command_end
   EXECUTE FUNCTION public.etf();

ALTER EVENT TRIGGER et DISABLE;


ALTER EVENT TRIGGER et OWNER TO postgres;

--
-- Name: mv; Type: MATERIALIZED VIEW DATA; Schema: public; Owner: postgres
--

REFRESH MATERIALIZED VIEW public.mv;


--
-- PostgreSQL database dump complete
--

\unrestrict PcC5nVTYcOwF3RTO8K8foaJyzrpCwauRM6PDQYBIBqCBMe8fEfn2GytjqcxGsDm


--
-- PostgreSQL database dump
--

\restrict ZYDjH4SRtFx9YOaqPuyuUdTTGpBzligAGMxpy9wWSGZSJeaaUOFjt7YRveK6XEe

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'LATIN1';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: Almacén; Type: SCHEMA; Schema: -; Owner: postgres
--

CREATE SCHEMA "Almacén";


ALTER SCHEMA "Almacén" OWNER TO postgres;

--
-- Name: nº; Type: SEQUENCE; Schema: Almacén; Owner: postgres
--

CREATE SEQUENCE "Almacén"."nº"
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE "Almacén"."nº" OWNER TO postgres;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: Órdenes; Type: TABLE; Schema: Almacén; Owner: postgres
--

CREATE TABLE "Almacén"."Órdenes" (
    "año" integer,
    "descripción" text
);


ALTER TABLE "Almacén"."Órdenes" OWNER TO postgres;

--
-- Data for Name: Órdenes; Type: TABLE DATA; Schema: Almacén; Owner: postgres
--

COPY "Almacén"."Órdenes" ("año", "descripción") FROM stdin;
2026	ñandú
2027	E'\\n
\.


--
-- Name: nº; Type: SEQUENCE SET; Schema: Almacén; Owner: postgres
--

SELECT pg_catalog.setval('"Almacén"."nº"', 3, true);


--
-- PostgreSQL database dump complete
--

\unrestrict ZYDjH4SRtFx9YOaqPuyuUdTTGpBzligAGMxpy9wWSGZSJeaaUOFjt7YRveK6XEe


--
-- PostgreSQL database dump
--

\restrict 56nICcQXhxmlUSE0B45xFgKvXCvAchciO1sDSyqZDtBpLtnQFfXbmBs0sOl48ne

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = off;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET escape_string_warning = off;
SET row_security = off;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: t; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.t (
    a text DEFAULT '\\'';'::text
);


ALTER TABLE public.t OWNER TO postgres;

--
-- Name: TABLE t; Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON TABLE public.t IS '\\'';\\';


--
-- Data for Name: t; Type: TABLE DATA; Schema: public; Owner: postgres
--

INSERT INTO public.t VALUES ('\\'';');
INSERT INTO public.t VALUES ('a\\\\');
INSERT INTO public.t VALUES ('b');


--
-- PostgreSQL database dump complete
--

\unrestrict 56nICcQXhxmlUSE0B45xFgKvXCvAchciO1sDSyqZDtBpLtnQFfXbmBs0sOl48ne


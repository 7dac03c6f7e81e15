CREATE TABLE "api_token" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"hash" text NOT NULL,
	"scopes" jsonb NOT NULL,
	"models" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone,
	"last_used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "api_token_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone NOT NULL,
	"actor" text NOT NULL,
	"actor_kind" text NOT NULL,
	"verb" text NOT NULL,
	"subject" text NOT NULL,
	"request_id" text NOT NULL,
	"before" jsonb,
	"after" jsonb
);
--> statement-breakpoint
CREATE TABLE "alert" (
	"id" text PRIMARY KEY NOT NULL,
	"fingerprint" text NOT NULL,
	"finding_id" text NOT NULL,
	"incident_id" text NOT NULL,
	"model_key" integer NOT NULL,
	"kind" text NOT NULL,
	"state" text DEFAULT 'firing' NOT NULL,
	"severity" text NOT NULL,
	"verdict" text NOT NULL,
	"subject" jsonb NOT NULL,
	"why" text NOT NULL,
	"log_e" double precision NOT NULL,
	"threshold" double precision NOT NULL,
	"effect" double precision NOT NULL,
	"n" bigint NOT NULL,
	"onset_at" timestamp with time zone NOT NULL,
	"fired_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"owner" text,
	"acknowledged_at" timestamp with time zone,
	"snoozed_until" timestamp with time zone,
	"resolved_at" timestamp with time zone,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "finding" (
	"id" text PRIMARY KEY NOT NULL,
	"model_key" integer NOT NULL,
	"seq" bigint NOT NULL,
	"body" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "dict" (
	"model_key" integer NOT NULL,
	"field" text NOT NULL,
	"code" integer NOT NULL,
	"value" text NOT NULL,
	CONSTRAINT "dict_model_key_field_code_pk" PRIMARY KEY("model_key","field","code"),
	CONSTRAINT "dict_value" UNIQUE("model_key","field","value")
);
--> statement-breakpoint
CREATE TABLE "event" (
	"ingested_at" timestamp with time zone NOT NULL,
	"offset" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"time" timestamp with time zone NOT NULL,
	"sequence" bigint,
	"round" bigint,
	"score" double precision,
	"weight" double precision,
	"label_number" double precision,
	"prediction_number" double precision,
	"model_key" integer NOT NULL,
	"partition" integer NOT NULL,
	"source" integer,
	"version" integer,
	"origin" integer,
	"labeler" integer,
	"batch" integer,
	"feed" integer,
	"segment" integer,
	"label" integer,
	"prediction" integer,
	"score_classes" integer,
	"client" integer,
	"predicate" integer,
	"type" smallint NOT NULL,
	"negated" boolean,
	"topic" text NOT NULL,
	"event_id" text NOT NULL,
	"ref" text,
	"entity" text,
	"subject" text,
	"object" text,
	"document_id" text,
	"document_kind" text,
	"probe" text,
	"signature" text,
	"codes" smallint[],
	"numbers4" real[],
	"numbers8" double precision[],
	"scores" double precision[],
	"vector4" real[],
	"vector8" double precision[],
	"retrieved" text[],
	"text" text,
	"output" text,
	"extra" jsonb
) PARTITION BY RANGE ("ingested_at");
--> statement-breakpoint
CREATE TABLE "event_key" (
	"hash" uuid PRIMARY KEY NOT NULL,
	"ingested_at" timestamp with time zone NOT NULL,
	"offset" bigint NOT NULL,
	"partition" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "feature_plan" (
	"model_key" integer NOT NULL,
	"position" integer NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"slot" integer NOT NULL,
	CONSTRAINT "feature_plan_model_key_position_pk" PRIMARY KEY("model_key","position"),
	CONSTRAINT "feature_plan_name" UNIQUE("model_key","name")
);
--> statement-breakpoint
CREATE TABLE "evidence_sample" (
	"model_key" integer NOT NULL,
	"seq" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"kind" text NOT NULL,
	"unit" text NOT NULL,
	"subject" jsonb NOT NULL,
	"log_e" double precision NOT NULL,
	"threshold" double precision NOT NULL,
	"effect" double precision NOT NULL,
	"n" bigint NOT NULL,
	CONSTRAINT "evidence_sample_model_key_seq_kind_unit_pk" PRIMARY KEY("model_key","seq","kind","unit")
);
--> statement-breakpoint
CREATE TABLE "source_standing" (
	"model_key" integer NOT NULL,
	"origin" text NOT NULL,
	"origin_kind" text NOT NULL,
	"seq" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"rows" bigint NOT NULL,
	"disagreements" bigint NOT NULL,
	"expected" double precision NOT NULL,
	"log_e" double precision NOT NULL,
	"threshold" double precision NOT NULL,
	"state" text NOT NULL,
	CONSTRAINT "source_standing_model_key_origin_pk" PRIMARY KEY("model_key","origin")
);
--> statement-breakpoint
CREATE TABLE "incident" (
	"id" text PRIMARY KEY NOT NULL,
	"number" integer GENERATED ALWAYS AS IDENTITY (sequence name "incident_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"model_key" integer NOT NULL,
	"title" text NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"severity" text NOT NULL,
	"verdict" text NOT NULL,
	"onset_at" timestamp with time zone NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"resolved_at" timestamp with time zone,
	"playbook" text,
	CONSTRAINT "incident_number_unique" UNIQUE("number")
);
--> statement-breakpoint
CREATE TABLE "task" (
	"id" text PRIMARY KEY NOT NULL,
	"incident_id" text NOT NULL,
	"step" text NOT NULL,
	"phase" text NOT NULL,
	"title" text NOT NULL,
	"guidance" text NOT NULL,
	"position" integer NOT NULL,
	"state" text DEFAULT 'todo' NOT NULL,
	"owner" text,
	"due_at" timestamp with time zone NOT NULL,
	"evidence" text,
	"completed_at" timestamp with time zone,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "timeline" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "timeline_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"incident_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"event_at" timestamp with time zone,
	"kind" text NOT NULL,
	"actor" text NOT NULL,
	"body" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "baseline" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "baseline_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"model_key" integer NOT NULL,
	"stream" text NOT NULL,
	"seq" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"rows" bigint NOT NULL,
	"sketches" "bytea" NOT NULL,
	"adopted_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "dead_letter" (
	"topic" text NOT NULL,
	"partition" integer NOT NULL,
	"offset" bigint NOT NULL,
	"reason" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	"size" bigint NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "dead_letter_topic_partition_offset_pk" PRIMARY KEY("topic","partition","offset")
);
--> statement-breakpoint
CREATE TABLE "gap" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "gap_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"topic" text NOT NULL,
	"partition" integer NOT NULL,
	"from_offset" bigint NOT NULL,
	"to_offset" bigint NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "http_inbox" (
	"offset" bigint PRIMARY KEY NOT NULL,
	"value" "bytea" NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "http_inbox_head" (
	"only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"next" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "http_inbox_head_only" CHECK ("http_inbox_head"."only")
);
--> statement-breakpoint
CREATE TABLE "ingest_offset" (
	"topic" text NOT NULL,
	"partition" integer NOT NULL,
	"next" bigint NOT NULL,
	"epoch" bigint DEFAULT 0 NOT NULL,
	"owner" text,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ingest_offset_topic_partition_pk" PRIMARY KEY("topic","partition")
);
--> statement-breakpoint
CREATE TABLE "monitor_snapshot" (
	"model_key" integer NOT NULL,
	"seq" bigint NOT NULL,
	"version" integer NOT NULL,
	"state" "bytea" NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "monitor_snapshot_model_key_seq_pk" PRIMARY KEY("model_key","seq")
);
--> statement-breakpoint
CREATE TABLE "window_sketch" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "window_sketch_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"model_key" integer NOT NULL,
	"window_at" timestamp with time zone NOT NULL,
	"stream" text NOT NULL,
	"version" text,
	"origin" text,
	"rows" bigint NOT NULL,
	"errors" bigint DEFAULT 0 NOT NULL,
	"labelled" bigint DEFAULT 0 NOT NULL,
	"sketches" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "worker_heartbeat" (
	"id" text PRIMARY KEY NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"state" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "model" (
	"key" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "model_key_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"id" text NOT NULL,
	"task" text,
	"config" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"next_seq" bigint DEFAULT 0 NOT NULL,
	"window_ms" bigint,
	"first_event_at" timestamp with time zone,
	"last_event_at" timestamp with time zone,
	"last_ingested_at" timestamp with time zone,
	"baseline_ready" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "model_id_unique" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "model_version" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "model_version_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"model_key" integer NOT NULL,
	"version" text NOT NULL,
	"parent" text,
	"at" timestamp with time zone NOT NULL,
	"seq" bigint NOT NULL,
	"metrics" jsonb
);
--> statement-breakpoint
ALTER TABLE "alert" ADD CONSTRAINT "alert_finding_id_finding_id_fk" FOREIGN KEY ("finding_id") REFERENCES "public"."finding"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert" ADD CONSTRAINT "alert_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert" ADD CONSTRAINT "alert_model_key_model_key_fk" FOREIGN KEY ("model_key") REFERENCES "public"."model"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "finding" ADD CONSTRAINT "finding_model_key_model_key_fk" FOREIGN KEY ("model_key") REFERENCES "public"."model"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dict" ADD CONSTRAINT "dict_model_key_model_key_fk" FOREIGN KEY ("model_key") REFERENCES "public"."model"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feature_plan" ADD CONSTRAINT "feature_plan_model_key_model_key_fk" FOREIGN KEY ("model_key") REFERENCES "public"."model"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence_sample" ADD CONSTRAINT "evidence_sample_model_key_model_key_fk" FOREIGN KEY ("model_key") REFERENCES "public"."model"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source_standing" ADD CONSTRAINT "source_standing_model_key_model_key_fk" FOREIGN KEY ("model_key") REFERENCES "public"."model"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident" ADD CONSTRAINT "incident_model_key_model_key_fk" FOREIGN KEY ("model_key") REFERENCES "public"."model"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task" ADD CONSTRAINT "task_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "timeline" ADD CONSTRAINT "timeline_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "baseline" ADD CONSTRAINT "baseline_model_key_model_key_fk" FOREIGN KEY ("model_key") REFERENCES "public"."model"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "monitor_snapshot" ADD CONSTRAINT "monitor_snapshot_model_key_model_key_fk" FOREIGN KEY ("model_key") REFERENCES "public"."model"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "window_sketch" ADD CONSTRAINT "window_sketch_model_key_model_key_fk" FOREIGN KEY ("model_key") REFERENCES "public"."model"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_version" ADD CONSTRAINT "model_version_model_key_model_key_fk" FOREIGN KEY ("model_key") REFERENCES "public"."model"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_subject" ON "audit" USING btree ("subject","id");--> statement-breakpoint
CREATE UNIQUE INDEX "alert_finding" ON "alert" USING btree ("finding_id");--> statement-breakpoint
CREATE INDEX "alert_state_created" ON "alert" USING btree ("state","created_at","id");--> statement-breakpoint
CREATE INDEX "alert_model_created" ON "alert" USING btree ("model_key","created_at","id");--> statement-breakpoint
CREATE INDEX "alert_incident" ON "alert" USING btree ("incident_id");--> statement-breakpoint
CREATE INDEX "finding_model_seq" ON "finding" USING btree ("model_key","seq");--> statement-breakpoint
CREATE INDEX "evidence_model_at" ON "evidence_sample" USING btree ("model_key","at");--> statement-breakpoint
CREATE INDEX "incident_state_opened" ON "incident" USING btree ("state","opened_at");--> statement-breakpoint
CREATE INDEX "task_incident" ON "task" USING btree ("incident_id","position");--> statement-breakpoint
CREATE INDEX "task_state_due" ON "task" USING btree ("state","due_at");--> statement-breakpoint
CREATE INDEX "timeline_incident" ON "timeline" USING btree ("incident_id","id");--> statement-breakpoint
CREATE INDEX "baseline_read" ON "baseline" USING btree ("model_key","stream","id");--> statement-breakpoint
CREATE INDEX "dead_letter_at" ON "dead_letter" USING btree ("at");--> statement-breakpoint
CREATE INDEX "window_sketch_read" ON "window_sketch" USING btree ("model_key","stream","window_at");--> statement-breakpoint
-- Rows come in the order of their offsets and sequence numbers, a few partitions and models interleaved: a BRIN of several ranges a block finds
-- a coordinate or a stretch of a model by reading some pages, and costs an insert nothing.
CREATE INDEX "event_offset" ON "event" USING brin ("offset" int8_minmax_multi_ops) WITH (pages_per_range = 16);--> statement-breakpoint
CREATE INDEX "event_seq" ON "event" USING brin ("seq" int8_minmax_multi_ops) WITH (pages_per_range = 16);--> statement-breakpoint
-- A day's partition of "event", made once, by whoever comes first. ATTACH does not block writers of other days, as CREATE … PARTITION OF would.
CREATE FUNCTION "event_partition"("day" date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  name text := 'event_' || to_char(day, 'YYYYMMDD');
BEGIN
  IF to_regclass(name) IS NOT NULL THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock(hashtext('assay.event_partition'));
  -- Not to_regclass: it may answer from a cache that is older than the lock.
  IF EXISTS (SELECT FROM pg_class WHERE relname = name AND relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = 'event'::regclass)) THEN RETURN; END IF;
  EXECUTE format('CREATE TABLE %I (LIKE event INCLUDING DEFAULTS INCLUDING CONSTRAINTS) WITH (autovacuum_vacuum_insert_scale_factor = 0.1)', name);
  EXECUTE format('ALTER TABLE event ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
    name, to_char(day, 'YYYY-MM-DD') || ' 00:00:00+00', to_char(day + 1, 'YYYY-MM-DD') || ' 00:00:00+00');
END $$;--> statement-breakpoint
-- Event rows in words, for people: the codes looked up, the features left as they are.
CREATE VIEW "event_in_words" AS
SELECT e.topic, e.partition, e."offset", m.id AS model, e.seq,
  ('{ml.prediction.v1,ml.label.v1,ml.training.v1,ml.version.v1,ml.update.v1,ml.document.v1,ml.fact.v1}'::text[])[e.type] AS type,
  e.event_id AS id,
  coalesce(so.value, e.extra #>> '{codes,source}') AS source,
  e.time, e.ingested_at,
  coalesce(ve.value, e.extra #>> '{codes,version}') AS version,
  coalesce(o.value, e.extra #>> '{codes,origin}')::jsonb AS origin,
  coalesce(la.value, e.label_number::text, e.extra #>> '{codes,label}') AS label,
  coalesce(pr.value, e.prediction_number::text, e.extra #>> '{codes,prediction}') AS prediction,
  e.ref, e.text
FROM event e
JOIN model m ON m.key = e.model_key
LEFT JOIN dict so ON so.model_key = e.model_key AND so.field = 'source' AND so.code = e.source
LEFT JOIN dict ve ON ve.model_key = e.model_key AND ve.field = 'version' AND ve.code = e.version
LEFT JOIN dict o ON o.model_key = e.model_key AND o.field = 'origin' AND o.code = e.origin
LEFT JOIN dict la ON la.model_key = e.model_key AND la.field = 'class' AND la.code = e.label
LEFT JOIN dict pr ON pr.model_key = e.model_key AND pr.field = 'class' AND pr.code = e.prediction;--> statement-breakpoint
-- Compressed already: a second try costs time and gains nothing.
ALTER TABLE "monitor_snapshot" ALTER COLUMN "state" SET STORAGE EXTERNAL;--> statement-breakpoint
INSERT INTO "http_inbox_head" DEFAULT VALUES;

CREATE TABLE "golden_set" (
	"id" text PRIMARY KEY NOT NULL,
	"model_key" integer NOT NULL,
	"hash" text NOT NULL,
	"rows" "bytea" NOT NULL,
	"count" integer NOT NULL,
	"labels" jsonb NOT NULL,
	"slices" jsonb NOT NULL,
	"audit" jsonb NOT NULL,
	"state" text DEFAULT 'proposed' NOT NULL,
	"note" text,
	"proposed_by_id" text NOT NULL,
	"proposed_by" text NOT NULL,
	"proposed_at" timestamp with time zone NOT NULL,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	"applied_seq" bigint
);
--> statement-breakpoint
CREATE TABLE "source_audit" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "source_audit_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"model_key" integer NOT NULL,
	"origin" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"ok" integer NOT NULL,
	"bad" integer NOT NULL,
	"note" text,
	"by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "suspect_row" (
	"model_key" integer NOT NULL,
	"seq" bigint NOT NULL,
	"event_id" text NOT NULL,
	"origin" text,
	"suspicion" real NOT NULL,
	CONSTRAINT "suspect_row_model_key_seq_pk" PRIMARY KEY("model_key","seq")
);
--> statement-breakpoint
ALTER TABLE "source_standing" ADD COLUMN "influence" double precision;--> statement-breakpoint
ALTER TABLE "source_standing" ADD COLUMN "reach" double precision;--> statement-breakpoint
ALTER TABLE "source_standing" ADD COLUMN "counterfactual" jsonb;--> statement-breakpoint
ALTER TABLE "source_standing" ADD COLUMN "counterfactual_seq" bigint;--> statement-breakpoint
ALTER TABLE "golden_set" ADD CONSTRAINT "golden_set_model_key_model_key_fk" FOREIGN KEY ("model_key") REFERENCES "public"."model"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source_audit" ADD CONSTRAINT "source_audit_model_key_model_key_fk" FOREIGN KEY ("model_key") REFERENCES "public"."model"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "suspect_row" ADD CONSTRAINT "suspect_row_model_key_model_key_fk" FOREIGN KEY ("model_key") REFERENCES "public"."model"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "golden_set_model" ON "golden_set" USING btree ("model_key","proposed_at");--> statement-breakpoint
CREATE INDEX "golden_set_pending" ON "golden_set" USING btree ("model_key") WHERE state = 'approved' and applied_seq is null;--> statement-breakpoint
CREATE INDEX "source_audit_model" ON "source_audit" USING btree ("model_key","at");--> statement-breakpoint
CREATE INDEX "suspect_row_worst" ON "suspect_row" USING btree ("model_key","suspicion","seq");--> statement-breakpoint
CREATE INDEX "suspect_row_origin" ON "suspect_row" USING btree ("model_key","origin","suspicion","seq");
CREATE TABLE "trigger_standing" (
	"model_key" integer NOT NULL,
	"pattern" text NOT NULL,
	"label" text NOT NULL,
	"seq" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"kind" text NOT NULL,
	"onset_at" timestamp with time zone NOT NULL,
	"support" bigint NOT NULL,
	"log_e" double precision NOT NULL,
	"threshold" double precision NOT NULL,
	"state" text NOT NULL,
	"canary" jsonb,
	"probes" integer NOT NULL,
	"probe_flips" integer NOT NULL,
	CONSTRAINT "trigger_standing_model_key_pattern_label_pk" PRIMARY KEY("model_key","pattern","label")
);
--> statement-breakpoint
ALTER TABLE "trigger_standing" ADD CONSTRAINT "trigger_standing_model_key_model_key_fk" FOREIGN KEY ("model_key") REFERENCES "public"."model"("key") ON DELETE no action ON UPDATE no action;
CREATE TABLE "backtest" (
	"id" text PRIMARY KEY NOT NULL,
	"model_key" integer NOT NULL,
	"state" text DEFAULT 'running' NOT NULL,
	"config" jsonb NOT NULL,
	"from_seq" bigint NOT NULL,
	"to_seq" bigint NOT NULL,
	"done" bigint DEFAULT 0 NOT NULL,
	"result" jsonb,
	"error" text,
	"started_by" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"heard_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "baseline_decision" (
	"id" text PRIMARY KEY NOT NULL,
	"model_key" integer NOT NULL,
	"what" text NOT NULL,
	"alert_id" text,
	"subject" jsonb NOT NULL,
	"from_at" timestamp with time zone NOT NULL,
	"to_at" timestamp with time zone NOT NULL,
	"seq" bigint NOT NULL,
	"note" text,
	"decided_by" text NOT NULL,
	"decided_at" timestamp with time zone NOT NULL,
	"withdrawn_by" text,
	"withdrawn_at" timestamp with time zone,
	"withdrawn_seq" bigint
);
--> statement-breakpoint
ALTER TABLE "incident" ADD COLUMN "resolution" text;--> statement-breakpoint
ALTER TABLE "backtest" ADD CONSTRAINT "backtest_model_key_model_key_fk" FOREIGN KEY ("model_key") REFERENCES "public"."model"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "baseline_decision" ADD CONSTRAINT "baseline_decision_model_key_model_key_fk" FOREIGN KEY ("model_key") REFERENCES "public"."model"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "baseline_decision" ADD CONSTRAINT "baseline_decision_alert_id_alert_id_fk" FOREIGN KEY ("alert_id") REFERENCES "public"."alert"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "backtest_model_started" ON "backtest" USING btree ("model_key","started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "backtest_one_running" ON "backtest" USING btree ("model_key") WHERE "backtest"."state" = 'running';--> statement-breakpoint
CREATE INDEX "baseline_decision_model" ON "baseline_decision" USING btree ("model_key","seq");--> statement-breakpoint
CREATE INDEX "baseline_decision_alert" ON "baseline_decision" USING btree ("alert_id");
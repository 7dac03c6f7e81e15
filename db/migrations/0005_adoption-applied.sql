ALTER TABLE "baseline_decision" ADD COLUMN "applied_seq" bigint;--> statement-breakpoint
ALTER TABLE "baseline_decision" ADD COLUMN "withdrawn_applied_seq" bigint;--> statement-breakpoint
CREATE INDEX "baseline_decision_pending" ON "baseline_decision" USING btree ("model_key") WHERE applied_seq is null or (withdrawn_at is not null and withdrawn_applied_seq is null);
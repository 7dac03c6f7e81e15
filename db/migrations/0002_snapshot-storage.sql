-- A monitor's state comes deflated: Postgres need not try to compress it again, which costs it more than storing it.
ALTER TABLE "monitor_snapshot" ALTER COLUMN "state" SET STORAGE EXTERNAL;

MODEL (name main.analytics.after, kind FULL);
SELECT id FROM main.analytics.slow

MODEL (name main.analytics.slow, kind FULL);
SELECT 1 AS id, java_method('java.lang.Thread', 'sleep', cast(@milliseconds as bigint)) AS waited

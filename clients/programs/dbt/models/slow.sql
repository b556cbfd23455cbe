{{ config(materialized='table') }}
select 1 as id, java_method('java.lang.Thread', 'sleep', cast({{ var('seconds') }}000 as bigint)) as waited

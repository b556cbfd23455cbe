"use strict";
exports.id = 186;
exports.ids = [186];
exports.modules = {

/***/ 4186:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   SQL_USAGE: () => (/* binding */ SQL_USAGE)
/* harmony export */ });
const SQL_USAGE = `Usage:
  databricks-token sql [--warehouse NAME|ID] [--catalog NAME] [--schema NAME]
                       [--param NAME[:TYPE]=VALUE | --param NAME[:TYPE] |
                        --param-env NAME[:TYPE]=VARIABLE]... [--tag KEY=VALUE]...
                       [--format table|csv|jsonl|markdown|value]
                       [--output FILE [--external-links]]
                       [--max-rows N] [(--fail-if-rows | --fail-if-no-rows) [--keep-going]]
                       [--timeout DURATION] [--retries N] [--summary] [--explain]
                       (--file FILE... | [--] STATEMENT | -)
      Runs SQL on a warehouse, waits until it has ended and shows its result. Exit code 0
      means that every statement succeeded; 1 that one did not, 2 a wrong call, 3 a gate
      (--fail-if-rows, --fail-if-no-rows), 124 --timeout. A statement that is
      interrupted is cancelled at Databricks, too. A failure ends a script of bash and sh; one
      of PowerShell 7.4 after $PSNativeCommandUseErrorActionPreference = $true.

  --warehouse X    a name or an id; otherwise DATABRICKS_WAREHOUSE_ID, or the id in
                   DATABRICKS_HTTP_PATH
  --file FILE      as often as there are files: their statements are run one after the other
  --fail-if-rows   exit code 3 if one of the queries has rows, for checks that find what is wrong;
                   the first ends the call, unless --keep-going is given
  --param d=5      the value of the marker :d, a STRING unless a type is given (d:INT=5);
                   --param d= is the empty string, --param d is NULL
  --param-env d=V  the value is that of the environment variable V: for whatever comes
                   from outside
  --output FILE    .csv, .jsonl or .md; written whole or not at all
  --external-links fetch the last result, of any size, from cloud storage: csv and jsonl
  --timeout 90s    or 15m, 2h: for all of it
  --retries N      run an INSERT, MERGE, UPDATE, DELETE, COPY INTO or CREATE TABLE AS again,
                   N times at most, if another writer came first; 0 unless given
  --explain        have the statements planned, and run none of them: EXPLAIN is sent for
                   SELECT, INSERT, MERGE and the like, and for nothing else
  -                the statements come from stdin
  STATEMENT        not in cmd and PowerShell on Windows, which may have changed it
`;


/***/ })

};
;
import { type QueryResult, SqlError, typeNameOf } from './sql.ts'

/** A result as it is handed out: its description, and the chunks as JSON. */
export interface Chunked {
  readonly manifest: object
  /** Undefined if there is no such chunk. */
  chunk(index: number, statementId: string): string | undefined
  /** The same for cloud storage: its rows as JSON, and what a link says of it. */
  part(index: number): { readonly rows: string | Buffer; readonly told: object } | undefined
}

const MAX_INLINE_BYTES = 26_214_400

interface Chunk {
  readonly offset: number
  readonly count: number
  /** JSON text: a million rows as arrays would take many times the memory. */
  readonly rows: string | Buffer
}

export interface ChunkLimits {
  readonly rowLimit: number | undefined
  readonly rowsPerChunk: number
  /** Whether it goes to cloud storage, where it may be of any size. */
  readonly isExternal?: boolean | undefined
}

/**
 * Cuts a result into chunks.
 *
 * @throws {SqlError} for one that is larger than INLINE may be
 */
export function chunked({ columns, rows, parts }: QueryResult, limits: ChunkLimits): Chunked {
  const { chunks, count, truncated } = parts === undefined ? cut(rows, limits) : placed(parts, limits)
  const manifest = {
    format: 'JSON_ARRAY',
    schema: {
      column_count: columns.length,
      columns: columns.map(({ name, type }, position) => ({
        name,
        type_text: type,
        type_name: typeNameOf(type),
        position,
      })),
    },
    total_chunk_count: chunks.length,
    chunks: chunks.map(({ offset, count: own }, at) => ({ chunk_index: at, row_offset: offset, row_count: own })),
    total_row_count: count,
    truncated,
  }
  return {
    manifest,
    chunk(index: number, statementId: string) {
      const found = chunks[index]
      const next = chunks[index + 1]
      // A result without rows has no chunk, and its first one is asked for all the same.
      if (found === undefined) return index === 0 ? '{}' : undefined
      const link = `/api/2.0/sql/statements/${statementId}/result/chunks/${index + 1}?row_offset=${next?.offset}`
      const head = {
        chunk_index: index,
        row_offset: found.offset,
        row_count: found.count,
        ...(next === undefined ? {} : { next_chunk_index: index + 1, next_chunk_internal_link: link }),
      }
      return `${JSON.stringify(head).slice(0, -1)},"data_array":${found.rows}}`
    },
    part(index: number) {
      const found = chunks[index]
      if (found === undefined) return undefined
      const { offset, count: own, rows: text } = found
      const next = index + 1 < chunks.length ? { next_chunk_index: index + 1 } : {}
      const sizes = { row_offset: offset, row_count: own, byte_count: Buffer.byteLength(text) }
      return { rows: text, told: { chunk_index: index, ...sizes, ...next } }
    },
  }
}

// What is there as JSON already.
function placed(
  parts: readonly { readonly count: number; readonly rows: string | Buffer }[],
  { isExternal = false }: ChunkLimits,
) {
  const bytes = parts.reduce((sum, { rows }) => sum + Buffer.byteLength(rows), 0)
  if (bytes > MAX_INLINE_BYTES && !isExternal) throw tooLarge()
  let count = 0
  const chunks = parts.map(({ count: own, rows }) => {
    count += own
    return { offset: count - own, count: own, rows }
  })
  return { chunks, count, truncated: false }
}

function cut(rows: QueryResult['rows'], limits: ChunkLimits) {
  const { rowLimit = Number.POSITIVE_INFINITY, rowsPerChunk, isExternal = false } = limits
  const chunks: Chunk[] = []
  let [chunk, count, bytes, truncated]: [(readonly (string | null)[])[], number, number, boolean] = [[], 0, 0, false]
  const finish = () => {
    if (chunk.length > 0)
      chunks.push({ offset: count - chunk.length, count: chunk.length, rows: JSON.stringify(chunk) })
    chunk = []
  }
  for (const row of rows) {
    if (count === rowLimit) {
      truncated = true
      break
    }
    bytes += row.reduce((sum, value) => sum + (value?.length ?? 0), 0)
    if (bytes > MAX_INLINE_BYTES && !isExternal) throw tooLarge()
    chunk.push(row)
    count++
    if (chunk.length === rowsPerChunk) finish()
  }
  finish()
  return { chunks, count, truncated }
}

const tooLarge = () =>
  new SqlError(
    `Inline byte limit exceeded. Statements executed with disposition=INLINE can have a result size of at most ${MAX_INLINE_BYTES} bytes. Please execute the statement with disposition=EXTERNAL_LINKS if you want to download the full result.`,
  )

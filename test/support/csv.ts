/** Reads comma-separated text with a heading line, fields quoted as RFC 4180 has it, as one record a line. */
export function parseCsv(text: string): Record<string, string>[] {
  const [heading = [], ...rows] = splitRows(text)
  return rows.map((row) => {
    if (row.length !== heading.length) throw new Error(`a line has ${row.length} fields, the heading ${heading.length}`)
    return Object.fromEntries(heading.map((column, index) => [column, row[index] as string]))
  })
}

function splitRows(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  const field = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/y
  while (field.lastIndex < text.length) {
    const match = field.exec(text)
    if (match === null) throw new Error('a quote is not closed')
    const [, value = '', end] = match
    row.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value)
    if (end === ',') continue
    rows.push(row)
    row = []
  }
  return rows
}

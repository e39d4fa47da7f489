import type { Cursor } from './cursor.ts'

/**
 * Reads every element of the value that the cursor stands in. Nearly every list has one or two: those are made in their
 * size, and longer ones are cut to it, because records are kept by the hundred thousand.
 */
export function readAll<Item>(cursor: Cursor, read: (cursor: Cursor, index: number) => Item): Item[] {
  if (cursor.isEmpty) return []
  const first = read(cursor, 0)
  if (cursor.isEmpty) return [first]
  const second = read(cursor, 1)
  if (cursor.isEmpty) return [first, second]
  const third = read(cursor, 2)
  if (cursor.isEmpty) return [first, second, third]
  const list = [first, second, third]
  while (!cursor.isEmpty) list.push(read(cursor, list.length))
  return list.slice()
}

import { type Certificate, parseCertificate } from 'psd2-toolkit/x509'
import { allFields } from './support/fields.ts'
import { distinct, template, vector, withSerial } from './support/subjects.ts'

const kept = 5000
const streamed = 100_000

/** Heap that a kept record needs, and what a long stream of distinct certificates leaves behind. */
export function benchMemory(): void {
  const { gc } = globalThis
  if (gc === undefined) throw new Error('run with --expose-gc')
  const der = vector('qwac-all-statements')
  const subjects = distinct(der, kept)
  for (const subject of subjects) allFields(subject)
  const records: (Certificate | undefined)[] = new Array(kept).fill(undefined)
  gc()
  gc()
  const before = process.memoryUsage().heapUsed
  for (const [index, subject] of subjects.entries()) records[index] = parseCertificate(subject)
  gc()
  gc()
  const heap = (process.memoryUsage().heapUsed - before) / kept
  console.log(`heap kept by a record: ${Math.round(heap)} octets (${records.length} records)`)

  const parts = template(der)
  const heaps: number[] = []
  const start = performance.now()
  for (let serial = 0; serial < streamed; serial++) {
    allFields(withSerial(parts, serial))
    if (serial % 20_000 === 19_999) {
      gc()
      heaps.push(process.memoryUsage().heapUsed)
    }
  }
  const seconds = (performance.now() - start) / 1000
  const growth = ((heaps.at(-1) as number) - (heaps[0] as number)) / 1024
  console.log(
    `${streamed} distinct certificates made and read: ${Math.round(streamed / seconds)} a second, heap grew by ${growth.toFixed(0)} KiB`,
  )
}

import { readFileSync } from 'node:fs'
import { type Cursor, openDer, Scope, Tag, write } from 'psd2-toolkit/der'
import { decodePem } from 'psd2-toolkit/x509'

/** DER of a vector of the project. */
export function vector(name: string): Uint8Array {
  const text = readFileSync(new URL(`../../vectors/certificates/${name}.pem`, import.meta.url))
  const [block] = decodePem(text, { label: 'CERTIFICATE' })
  if (block === undefined) throw new Error(`no certificate in ${name}`)
  return block.bytes
}

/** A certificate in the parts around its serial number. */
export interface Template {
  readonly beforeSerial: Uint8Array
  readonly afterSerial: Uint8Array
  readonly afterTbs: Uint8Array
}

export function template(der: Uint8Array): Template {
  const cursor: Cursor = openDer(der, new Scope())
  const end = cursor.open(Tag.SEQUENCE, '')
  const tbsEnd = cursor.open(Tag.SEQUENCE, 'tbsCertificate')
  const start = cursor.position
  cursor.readAny('version')
  const beforeSerial = der.slice(start, cursor.position)
  cursor.readAny('serialNumber')
  const afterSerial = der.slice(cursor.position, cursor.end)
  cursor.position = cursor.end
  cursor.close(tbsEnd)
  const afterTbs = der.slice(cursor.position, cursor.end)
  cursor.position = cursor.end
  cursor.close(end)
  return { beforeSerial, afterSerial, afterTbs }
}

/** The same certificate under another serial number; its signature no longer verifies, which no reader looks at. */
export function withSerial({ beforeSerial, afterSerial, afterTbs }: Template, serial: number): Uint8Array {
  const serialNumber = write.integer((1n << 120n) + BigInt(serial))
  return write.sequence(write.sequence(beforeSerial, serialNumber, afterSerial), afterTbs)
}

/** Distinct certificates of one shape. */
export function distinct(der: Uint8Array, count: number): Uint8Array[] {
  const parts = template(der)
  return Array.from({ length: count }, (_, serial) => withSerial(parts, serial))
}

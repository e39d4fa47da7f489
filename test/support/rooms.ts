/** A part of the source tree, and the rooms whose files it may import. */
export interface Room {
  readonly name: string
  readonly imports: readonly string[]
  /** npm packages that the room may import. The rim may import any. */
  readonly packages?: readonly string[]
}

/** Rooms without I/O, clocks or platform, from the ground up. An arrow may only point to an earlier row. */
const pureTable: readonly Room[] = [
  { name: 'core', imports: [] },
  { name: 'der', imports: ['core'] },
  { name: 'crypto', imports: ['der', 'core'] },
  { name: 'x509', imports: ['der', 'core'] },
  { name: 'eidas', imports: ['x509', 'der', 'core'] },
  { name: 'jose', imports: ['eidas', 'x509', 'crypto', 'core'], packages: ['structured-headers'] },
  { name: 'http', imports: ['crypto', 'core'], packages: ['structured-headers'] },
  { name: 'signing', imports: ['http', 'jose', 'eidas', 'x509', 'crypto', 'core'] },
  { name: 'rules', imports: ['eidas', 'x509', 'der', 'core'] },
  { name: 'trust', imports: ['eidas', 'x509', 'crypto', 'core'] },
  { name: 'registration', imports: ['signing', 'http', 'rules', 'jose', 'eidas', 'x509', 'crypto', 'core'] },
  {
    name: 'audit',
    imports: ['registration', 'trust', 'rules', 'signing', 'http', 'jose', 'eidas', 'x509', 'crypto', 'der', 'core'],
  },
  { name: 'report', imports: ['core'] },
]

export const pureRooms: readonly string[] = pureTable.map((room) => room.name)

/** The rim: I/O, clocks, network, files, heavy libraries. */
const rimTable: readonly Room[] = [
  { name: 'issuance', imports: pureRooms },
  { name: 'lists', imports: pureRooms },
  { name: 'batch', imports: [...pureRooms, 'lists'] },
  { name: 'client', imports: pureRooms },
  { name: 'adapters', imports: pureRooms },
  { name: 'server', imports: [...pureRooms, 'lists', 'issuance', 'adapters'] },
  { name: 'cli', imports: [...pureRooms, 'issuance', 'lists', 'batch', 'client', 'server', 'adapters'] },
]

export const rooms: readonly Room[] = [...pureTable, ...rimTable]

/** Libraries that only these rooms may import, the rim included. */
export const packageRooms: Readonly<Record<string, readonly string[]>> = {
  pkijs: ['issuance'],
  asn1js: ['issuance'],
  'structured-headers': ['http', 'jose'],
  'xml-crypto': ['lists'],
  '@xmldom/xmldom': ['lists'],
}

/** Single files below the rim that may import what their room may not, because that is what they are for. */
export const fileImports: Readonly<Record<string, readonly string[]>> = {
  'crypto/node.ts': ['node:crypto'],
  'crypto/peculiar.ts': ['@peculiar/webcrypto'],
}

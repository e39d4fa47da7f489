import { createHash, verify } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Psd2Error } from 'psd2-toolkit/core'
import { derCodes, type ReadMode, write } from 'psd2-toolkit/der'
import { type Certificate, parseCertificate, x509Codes } from 'psd2-toolkit/x509'
import { describe, expect, it } from 'vitest'
import { type DerIndexEntry, type DerVector, derIndexEntry, derVectors } from '../vectors/der.ts'
import { publicKey } from '../vectors/support/base-certificate.ts'
import type { Outcome } from '../vectors/support/expectation.ts'
import { root } from './support/package.ts'

const folder = join(root, 'vectors/der')
const index: readonly DerIndexEntry[] = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'))

const all = derVectors()
const settled = all.filter(({ disputed }) => disputed === undefined)
const disputed = all.filter((vector) => vector.disputed !== undefined)
const made = new Map(settled.map((vector) => [vector.id, vector.bytes]))
const modes: readonly ReadMode[] = ['strict', 'tolerant']

/** Families that no file can hold; each is a `describe` below. */
const familiesOfTests = ['DER-42', 'DER-43', 'DER-44']

/** Families of the catalogue that are not here, and where they are. */
const familiesElsewhere: Readonly<Record<string, string>> = {
  'DER-41': 'PEM is text around certificates: it has tests beside its reader',
}

/** Families in which nothing is sound but to be as the base certificate is. */
const familiesWithoutSound = [
  'DER-02',
  'DER-03',
  'DER-04',
  'DER-05',
  'DER-06',
  'DER-07',
  'DER-08',
  'DER-09',
  'DER-12',
  'DER-16',
  'DER-22',
  'DER-30',
  'DER-34',
  'DER-37',
]

/** Codes that no octets can bring about through parseCertificate. */
const codesWithoutVector: Readonly<Record<string, string>> = {}

function octetsOf({ id, stored }: DerIndexEntry): Uint8Array {
  return stored === false ? (made.get(id) as Uint8Array) : new Uint8Array(readFileSync(join(folder, `${id}.der`)))
}

/** The whole outcome; anything thrown that is no Psd2Error goes through. */
function outcomeOf(bytes: Uint8Array, mode: ReadMode): Outcome {
  try {
    const { deviations } = parseCertificate(bytes, { mode })
    return { accept: true, deviations: deviations.map(({ code, path, offset }) => ({ code, path, offset })) }
  } catch (error) {
    if (!(error instanceof Psd2Error)) throw error
    return { refuse: { code: error.code, path: error.path ?? 'no path', offset: error.offset ?? -1 } }
  }
}

const gettersOf = new Map<object, readonly string[]>()

function getters(type: object): readonly string[] {
  let names = gettersOf.get(type)
  if (names === undefined) {
    const own = Object.entries(Object.getOwnPropertyDescriptors(type)).flatMap(([name, { get }]) => (get ? [name] : []))
    const parent: object = Object.getPrototypeOf(type)
    names = parent === Object.prototype ? own : [...own, ...getters(parent)]
    gettersOf.set(type, names)
  }
  return names
}

/** Calls every getter of a record and of what it holds: all text is decoded, all numbers are made. */
function touch(record: object): void {
  if (record instanceof Uint8Array || record instanceof Date) return
  if (!Array.isArray(record)) String(record)
  const type: object = Object.getPrototypeOf(record)
  const names = type === Object.prototype || Array.isArray(record) ? [] : getters(type)
  for (const name of [...Object.keys(record), ...names]) {
    const value: unknown = Reflect.get(record, name)
    if (typeof value === 'object' && value !== null) touch(value)
  }
}

/** A certificate, or the code of the error; anything else that is thrown goes through. */
function read(bytes: Uint8Array, mode: ReadMode): Certificate | string {
  try {
    return parseCertificate(bytes, { mode })
  } catch (error) {
    if (!(error instanceof Psd2Error)) throw error
    return error.code
  }
}

function vector(id: string): DerVector {
  const found = all.find((candidate) => candidate.id === id)
  if (found === undefined) throw new Error(`no vector '${id}'`)
  return found
}

describe('the DER vectors', () => {
  it('cover every family of the catalogue', () => {
    const catalogue = Array.from({ length: 44 }, (_, i) => `DER-${String(i + 1).padStart(2, '0')}`)
    const covered = new Set([
      ...index.map(({ family }) => family),
      ...familiesOfTests,
      ...Object.keys(familiesElsewhere),
    ])
    expect(catalogue.filter((family) => !covered.has(family))).toEqual([])
  })

  it('have a sound neighbour in every family but those whose neighbour is the base certificate', () => {
    const sound = new Set(index.filter(({ strict }) => 'accept' in strict).map(({ family }) => family))
    const without = new Set(index.map(({ family }) => family).filter((family) => !sound.has(family)))
    expect([...without].sort()).toEqual(familiesWithoutSound)
  })

  it('are made of the same octets as when they were written', () => {
    expect(settled.map(derIndexEntry)).toEqual(index)
  })

  it('have the files that the index says, and no others', () => {
    const stored = index.filter(({ stored }) => stored !== false)
    const files = readdirSync(folder).filter((file) => file.endsWith('.der'))
    expect(files.sort()).toEqual(stored.map(({ id }) => `${id}.der`).sort())
    const wrong = stored.filter((entry) => createHash('sha256').update(octetsOf(entry)).digest('hex') !== entry.sha256)
    expect(wrong.map(({ id }) => id)).toEqual([])
  })

  it('have names of their own', () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
  })

  it('are accepted or refused exactly as the index says', () => {
    const outcomes = index.map((entry) => {
      const octets = octetsOf(entry)
      return { id: entry.id, strict: outcomeOf(octets, 'strict'), tolerant: outcomeOf(octets, 'tolerant') }
    })
    expect(outcomes).toEqual(index.map(({ id, strict, tolerant }) => ({ id, strict, tolerant })))
  })

  it('that are disputed are still read otherwise', () => {
    const agreed = disputed.filter(({ bytes, strict, tolerant }) => {
      const outcomes = [outcomeOf(bytes, 'strict'), outcomeOf(bytes, 'tolerant')]
      return JSON.stringify(outcomes) === JSON.stringify([strict, tolerant])
    })
    // What stands here is read as it should be by now: take its `disputed` away and write the vectors anew.
    expect(agreed.map(({ id }) => id)).toEqual([])
  })

  it('bring about every code of the DER and X.509 tables', () => {
    const met = new Set<string>()
    for (const { bytes } of all) {
      for (const mode of modes) {
        const outcome = outcomeOf(bytes, mode)
        if ('refuse' in outcome) met.add(outcome.refuse.code)
        else for (const { code } of outcome.deviations) met.add(code)
      }
    }
    const codes = [...Object.keys(derCodes), ...Object.keys(x509Codes)]
    expect(codes.filter((code) => !met.has(code))).toEqual(Object.keys(codesWithoutVector))
  })

  it('are refused in strict mode with a code that the tables do not call a note', () => {
    const leniencies = new Map(
      Object.entries({ ...derCodes, ...x509Codes }).map(([code, { leniency }]) => [code, leniency]),
    )
    const soft = index.filter(({ strict }) => 'refuse' in strict && leniencies.get(strict.refuse.code) === 'note')
    expect(soft.map(({ id }) => id)).toEqual([])
  })

  it('cost no more octet reads than their length allows', () => {
    const costly = all.flatMap(({ id, bytes }) => {
      const budget = 8 * bytes.length + 64
      return modes.map((mode) => ({ id, mode, reads: octetReads(bytes, mode), budget }))
    })
    expect(costly.filter(({ reads, budget }) => reads > budget)).toEqual([])
    const refusedBySize = costly.filter(({ id }) => id.startsWith('size-') && id !== 'size-1-mib')
    expect(refusedBySize.map(({ reads }) => reads)).toEqual(refusedBySize.map(() => 0))
  })

  it('that are accepted carry a signature that verifies over the octets of their TBSCertificate', () => {
    const unsigned = ['bits-control-signature-empty']
    const wrong = index.flatMap((entry) => {
      if ('refuse' in entry.tolerant || unsigned.includes(entry.id)) return []
      const { tbs, signature } = parseCertificate(octetsOf(entry), { mode: 'tolerant' })
      return verify('sha256', tbs.value, publicKey, signature.value) ? [] : [entry.id]
    })
    expect(wrong).toEqual([])
  })
})

/** How many octets reading looks at, each look counted. */
function octetReads(bytes: Uint8Array, mode: ReadMode): number {
  let reads = 0
  const counted = new Proxy(bytes, {
    get(target, key) {
      if (typeof key === 'string' && key.charCodeAt(0) <= 0x39) reads++
      const value: unknown = Reflect.get(target, key, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  read(counted, mode)
  return reads
}

describe('DER-15: a serial number', () => {
  it.each([
    ['serial-zero', 0n],
    ['serial-minus-1', -1n],
    ['serial-negative', -0x75a49383n],
    ['serial-control-sign-octet', 0x8a5b6cn],
  ])('%s is %s', (id, value) => {
    expect(parseCertificate(vector(id).bytes).serialNumber).toBe(value)
  })
})

describe('DER-17 and DER-18: object identifiers whose arcs are equal in fewer bits', () => {
  it.each([
    ['oid-alias-2-pow-32-plus-15', '2.5.29.4294967311'],
    ['oid-alias-2-pow-32-plus-15-critical', '2.5.29.4294967311'],
    ['oid-alias-first-arc', '2.4294967301.29.15'],
    ['oid-alias-2-pow-31-plus-15', '2.5.29.2147483663'],
    ['oid-alias-2-pow-53-plus-1', '2.5.29.9007199254740993'],
    ['oid-alias-2-pow-64-plus-15', '2.5.29.18446744073709551631'],
    ['oid-alias-first-arc-2-pow-64', '2.18446744073709551621.29.15'],
  ])('%s is unknown and no keyUsage', (id, oid) => {
    const certificate = parseCertificate(vector(id).bytes)
    expect(certificate.extension('keyUsage')).toBeUndefined()
    expect(certificate.extensions.map((extension) => extension.oid)).toEqual(['2.5.29.35', '2.5.29.14', oid])
    expect(certificate.extensionByOid(oid)).toMatchObject({ name: oid, decoded: undefined })
  })

  it('leave keyUsage as it is where both are there', () => {
    const certificate = parseCertificate(vector('oid-alias-beside-key-usage').bytes)
    expect(certificate.extension('keyUsage')?.decoded?.names).toEqual(['digitalSignature'])
  })

  it('are told apart where they are equal as Numbers', () => {
    const { extensions } = parseCertificate(vector('oid-alias-2-pow-53-both').bytes)
    expect(extensions.slice(-2).map(({ oid }) => oid)).toEqual(['2.5.29.9007199254740992', '2.5.29.9007199254740993'])
  })

  it('make no organizationIdentifier and no signature algorithm', () => {
    const { subject } = parseCertificate(vector('oid-alias-attribute').bytes)
    expect(subject.only('2.5.4.97')).toBe('PSDFR-ACPR-12345')
    const { signatureAlgorithm } = parseCertificate(vector('oid-alias-algorithm').bytes)
    expect(signatureAlgorithm).toMatchObject({ oid: '1.2.840.113549.1.1.4294967307', name: undefined })
  })
})

describe('DER-20 and DER-21: named bits', () => {
  it.each([
    ['control-base', ['digitalSignature']],
    ['bits-control-decipher-only', ['keyAgreement', 'decipherOnly']],
    ['bits-key-usage-empty', []],
    ['bits-control-key-usage-16-bits', ['digitalSignature']],
  ])('%s', (id, names) => {
    expect(parseCertificate(vector(id).bytes).extension('keyUsage')?.decoded?.names).toEqual(names)
  })
})

describe('DER-23 to DER-26: the text of an attribute', () => {
  it.each([
    ['utf8-control-two-octets', 'PSPé\u07ff'],
    ['utf8-control-four-octets', 'PSP\u{10000}\u{10ffff}'],
    ['bmp-control', 'P€\ufffd'],
    ['universal-control', 'P\u{1d11e}\u{10ffff}'],
    ['teletex-control-latin-1', 'PSPé'],
    ['numeric-control', '12 3'],
  ])('%s', (id, text) => {
    expect(parseCertificate(vector(id).bytes).subject.only('2.5.4.10')).toBe(text)
  })

  it('is hexadecimal where the value is no string', () => {
    const { subject } = parseCertificate(vector('name-value-control-unknown-type').bytes)
    expect(subject.attributes.at(-1)?.text).toBe('#020105')
  })
})

describe('DER-28 to DER-32: dates', () => {
  it.each([
    ['time-pivot-49', 'notAfter', '2049-12-31T23:59:59.000Z'],
    ['time-pivot-50', 'notBefore', '1950-01-01T00:00:00.000Z'],
    ['time-pivot-99', 'notBefore', '1999-12-31T23:59:59.000Z'],
    ['time-pivot-00', 'notBefore', '2000-01-01T00:00:00.000Z'],
    ['time-generalized-control-2050', 'notAfter', '2050-01-01T00:00:00.000Z'],
    ['time-order-control-no-end', 'notAfter', '9999-12-31T23:59:59.000Z'],
    ['time-utc-control-leap-day', 'notAfter', '2028-02-29T23:59:59.000Z'],
    ['time-generalized-control-leap-day', 'notAfter', '2400-02-29T00:00:00.000Z'],
  ] as const)('%s: %s is %s', (id, field, moment) => {
    expect(parseCertificate(vector(id).bytes).validity[field].toISOString()).toBe(moment)
  })

  it('are never a date that compares with nothing', () => {
    const never = settled.filter(({ bytes }) => {
      const certificate = read(bytes, 'tolerant')
      if (typeof certificate === 'string') return false
      const { notBefore, notAfter } = certificate.validity
      return Number.isNaN(notBefore.getTime()) || Number.isNaN(notAfter.getTime())
    })
    expect(never.map(({ id }) => id)).toEqual([])
  })

  it('that are reversed include no moment', () => {
    const { validity } = parseCertificate(vector('time-order-reversed').bytes)
    for (const at of ['2024-01-01', '2025-01-01', '2026-01-01', '2027-01-01', '2028-01-01']) {
      expect(validity.includes(new Date(at))).toBe(false)
    }
  })
})

describe('DER-42: input that is no Uint8Array of DER', () => {
  const { bytes } = vector('control-base')
  const base64 = Buffer.from(bytes).toString('base64')
  const hex = Buffer.from(bytes).toString('hex')

  it.each<[string, unknown]>([
    ['hexadecimal', hex],
    ['base64', base64],
    ['a data: URL', `data:application/pkix-cert;base64,${base64}`],
    ['a path', 'vectors/der/control-base.der'],
    ['a binary string', String.fromCharCode(...bytes)],
    ['an ArrayBuffer', bytes.buffer],
    ['a DataView', new DataView(bytes.buffer)],
    ['a Uint16Array', new Uint16Array(bytes.buffer.slice(0, 512))],
    ['a Uint8ClampedArray', new Uint8ClampedArray(bytes.buffer)],
    ['numbers', [...bytes]],
    ['an object with octets', { ...bytes, length: bytes.length }],
    ['nothing', undefined],
    ['null', null],
    ['a number', 0x30],
  ])('%s is a TypeError', (_, input) => {
    expect(() => parseCertificate(input as Uint8Array)).toThrow(TypeError)
  })

  it.each([
    ['hexadecimal', hex],
    ['base64', base64],
    ['a data: URL', `data:application/pkix-cert;base64,${base64}`],
    ['a path', 'vectors/der/control-base.der'],
    ['PEM', `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`],
  ])('%s as octets is refused at the first of them', (_, text) => {
    expect(outcomeOf(new TextEncoder().encode(text), 'strict')).toMatchObject({ refuse: { path: '', offset: 0 } })
  })

  it.each([
    ['a mode that is not known', { mode: 'lenient' }],
    ['an option that is not known', { strict: false }],
    ['a limit that is not known', { limits: { bytes: 1 } }],
    ['a limit that is no count', { limits: { size: 0 } }],
  ])('%s is a TypeError', (_, options) => {
    expect(() => parseCertificate(bytes, options as object)).toThrow(TypeError)
  })

  /** The same octets in the middle of others. */
  const views: readonly (readonly [string, Uint8Array])[] = [
    ['a Buffer of its own', Buffer.from(bytes)],
    ['a Buffer of the pool', Buffer.concat([Buffer.from(bytes)])],
    ['a view into a larger buffer', inTheMiddle(bytes)],
    ['a Buffer over a view into a larger buffer', Buffer.from(inTheMiddle(bytes).buffer, 1000, bytes.length)],
    ['a subarray of a Buffer', Buffer.concat([bytes, bytes, bytes]).subarray(bytes.length, 2 * bytes.length)],
  ]

  it.each(views)('%s is read from its own offset', (_, view) => {
    const certificate = parseCertificate(view)
    const expected = parseCertificate(bytes)
    expect(certificate.bytes).toBe(view)
    expect(certificate.serial.hex).toBe('4a5b6c7d8e9fa0b1')
    expect(certificate.tbs.hex).toBe(expected.tbs.hex)
    expect(certificate.tbs.offset).toBe(expected.tbs.offset)
    expect(String(certificate.subject)).toBe(String(expected.subject))
    expect(certificate.signature.hex).toBe(expected.signature.hex)
  })

  it('gives offsets from the start of the view', () => {
    const { bytes: broken, strict } = vector('serial-not-minimal')
    expect(outcomeOf(inTheMiddle(broken), 'strict')).toEqual(strict)
  })

  it('does not look beyond the view', () => {
    const short = inTheMiddle(bytes).subarray(0, -1)
    expect(outcomeOf(short, 'strict')).toEqual(vector('truncated-last-octet').strict)
  })
})

function inTheMiddle(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const large = new Uint8Array(bytes.length + 2000).fill(0x30)
  large.set(bytes, 1000)
  return large.subarray(1000, 1000 + bytes.length)
}

describe('DER-43: whatever the octets are, a certificate or a Psd2Error', () => {
  const seeds = [
    'control-base',
    'pss-control',
    'policy-control-notice',
    'constraints-control-ip',
    'bits-control-reasons',
    'bmp-control',
    'universal-control',
    'ec-control',
    'san-control-other-name',
  ]

  it.each(seeds)('every octet of %s changed', (id) => {
    const { bytes } = vector(id)
    const { signature, publicKey: key } = parseCertificate(bytes)
    // The octets of a signature and of a key are like each other: the first few stand for all.
    const inside = (at: number, part: typeof signature) => at > part.offset + 4 && at < part.offset + part.length - 4
    const codes = new Set<string>()
    for (let at = 0; at < bytes.length; at++) {
      if (inside(at, signature) || inside(at, key.key)) continue
      const octet = bytes[at] as number
      for (const other of [octet ^ 1, octet ^ 0x20, octet ^ 0x80, 0, 0xff]) {
        bytes[at] = other
        read(bytes, 'strict')
        const result = read(bytes, 'tolerant')
        if (typeof result === 'string') codes.add(result)
        else touch(result)
      }
      bytes[at] = octet
    }
    expect(codes.size).toBeGreaterThan(10)
    expect([...codes].filter((code) => !(code in derCodes || code in x509Codes))).toEqual([])
  })

  it('every beginning of a certificate is refused as cut off', () => {
    const { bytes } = vector('control-base')
    const codes = new Set(
      Array.from({ length: bytes.length }, (_, count) => read(bytes.subarray(0, count), 'tolerant')),
    )
    expect(codes).toEqual(new Set(['DER_EMPTY', 'DER_TRUNCATED']))
  })

  it('every octet left out or doubled', () => {
    const { bytes } = vector('control-base')
    for (let at = 0; at < bytes.length; at++) {
      const without = Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + 1)])
      const doubled = Uint8Array.from([...bytes.subarray(0, at + 1), ...bytes.subarray(at)])
      for (const octets of [without, doubled]) for (const mode of modes) expect(read(octets, mode)).toBeTypeOf('string')
    }
  })

  it('every accepted vector shows all that it holds', () => {
    for (const { bytes } of settled.filter(({ stored }) => stored)) {
      for (const mode of modes) {
        const result = read(bytes, mode)
        if (typeof result !== 'string') touch(result)
      }
    }
  })
})

describe('DER-44: nothing is encoded anew', () => {
  const accepted = settled.filter(({ strict }) => 'accept' in strict)

  it.each(accepted.map(({ id, bytes }) => [id, bytes] as const))('%s', (_, bytes) => {
    const certificate = parseCertificate(bytes)
    expect(certificate.bytes).toBe(bytes)
    const { value, offset } = certificate.tbs
    expect(value.buffer).toBe(bytes.buffer)
    expect(value.byteOffset).toBe(bytes.byteOffset + offset)
    // An encoder of its own makes the same octets of what strict reading accepts.
    expect(Buffer.compare(encodedAnew(bytes), bytes)).toBe(0)
  })
})

/** Takes DER apart and encodes it again with the shortest lengths. */
function encodedAnew(bytes: Uint8Array): Uint8Array {
  const elements: Uint8Array[] = []
  for (let at = 0; at < bytes.length; ) {
    const tag = bytes[at] as number
    const first = bytes[at + 1] as number
    const count = first < 0x80 ? 0 : first & 0x7f
    let length = count === 0 ? first : 0
    for (let i = 0; i < count; i++) length = length * 256 + (bytes[at + 2 + i] as number)
    const start = at + 2 + count
    const content = bytes.subarray(start, start + length)
    elements.push(write.element(tag, tag & 0x20 ? encodedAnew(content) : content))
    at = start + length
  }
  return Buffer.concat(elements)
}

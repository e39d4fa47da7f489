import { expect } from 'vitest'
import type { Deviation } from '../../src/core/codes.ts'
import { Psd2Error } from '../../src/core/errors.ts'
import type { Limits } from '../../src/core/limits.ts'
import { type Cursor, openDer, type ReadMode, Scope } from '../../src/der/index.ts'
import { parseCertificate } from '../../src/x509/index.ts'
import { hex } from './build.ts'

/** What a refusal says of the place. */
export interface Breach {
  readonly code: string
  readonly path: string
  readonly offset: number
}

/** A cursor before the given octets. */
export function cursorOver(octets: Uint8Array | string, mode: ReadMode = 'strict', limits?: Limits): Cursor {
  const scope = new Scope(mode, limits)
  return openDer(typeof octets === 'string' ? hex(octets) : octets, scope, 'root')
}

/** The refusal that reading ends in. Anything else thrown, or nothing, fails the test. */
export function refusalOf(read: () => unknown): Breach {
  let thrown: unknown
  try {
    read()
  } catch (error) {
    thrown = error
  }
  expect(thrown).toBeInstanceOf(Psd2Error)
  const { code, path, offset, message, citation, mend } = thrown as Psd2Error
  expect(citation?.clause, 'a refusal cites a clause').toBeTruthy()
  expect(mend, 'a refusal says how to mend it').toBeTruthy()
  expect(message).toContain(`offset ${offset}`)
  return { code, path: path as string, offset: offset as number }
}

/** Deviations without their untrusted detail. */
export function breaches(deviations: readonly Deviation[]): Breach[] {
  return deviations.map(({ code, path, offset }) => ({ code, path, offset }))
}

/**
 * How a breach is taken: refused in both modes; refused in strict and recorded in tolerant; recorded in both; or refused
 * in strict while tolerant gives up the extension that holds it.
 */
export type Firmness = 'always' | 'strict' | 'note' | 'value'

/** Asserts that a certificate has this breach, in both modes. */
export function expectBreach(der: Uint8Array, firmness: Firmness, breach: Breach): void {
  if (firmness === 'note') {
    expect(breaches(parseCertificate(der).deviations)).toContainEqual(breach)
  } else {
    expect(refusalOf(() => parseCertificate(der))).toEqual(breach)
  }
  if (firmness === 'always') {
    expect(refusalOf(() => parseCertificate(der, { mode: 'tolerant' }))).toEqual(breach)
    return
  }
  const found = breaches(parseCertificate(der, { mode: 'tolerant' }).deviations)
  if (firmness === 'value') {
    const path = /^tbsCertificate\.extensions\[\d+\]\.\w+/.exec(breach.path)?.[0] as string
    expect(found).toContainEqual({ code: 'X509_EXTENSION_VALUE', path, offset: breach.offset })
  } else expect(found).toContainEqual(breach)
}

import { describe, expect, it } from 'vitest'
import {
  algorithmByCavage,
  algorithmByJose,
  algorithmFits,
  algorithmNamed,
  algorithmsFor,
  type KeyFacts,
  signatureAlgorithms,
} from '../../src/crypto/index.ts'
import { facts } from './support.ts'

describe('the table of signature algorithms', () => {
  it('finds each row by each of its names', () => {
    for (const row of signatureAlgorithms) {
      expect(algorithmNamed(row.name)).toBe(row)
      expect(algorithmByJose(row.jose)).toBe(row)
      if (row.cavage !== undefined) expect(algorithmByCavage(row.cavage)).toBe(row)
    }
  })

  it('holds the registry of RFC 9421 6.2.2 and nothing else under its flag', () => {
    expect(
      signatureAlgorithms
        .filter((row) => row.rfc9421)
        .map((row) => row.name)
        .sort(),
    ).toEqual(['ecdsa-p256-sha256', 'ecdsa-p384-sha384', 'ed25519', 'hmac-sha256', 'rsa-pss-sha512', 'rsa-v1_5-sha256'])
  })

  it('has a salt as long as the hash for every PSS row', () => {
    const salts = signatureAlgorithms.filter((row) => row.family === 'rsa-pss').map((row) => [row.hash, row.saltLength])
    expect(salts).toEqual([
      ['sha-256', 32],
      ['sha-384', 48],
      ['sha-512', 64],
    ])
  })

  it('knows the name that RFC 9864 gives Ed25519', () => {
    expect(algorithmByJose('Ed25519')?.name).toBe('ed25519')
  })

  it.each(['constructor', '__proto__', 'toString', '', 'none', 'RSA-SHA256', 'rs256', 'hs2019', 'rsa-sha1'])(
    'finds nothing for %s',
    (name) => {
      expect([algorithmNamed(name), algorithmByJose(name), algorithmByCavage(name)]).toEqual([
        undefined,
        undefined,
        undefined,
      ])
    },
  )

  it('cannot be changed', () => {
    expect(Object.isFrozen(signatureAlgorithms)).toBe(true)
    expect(signatureAlgorithms.every(Object.isFrozen)).toBe(true)
  })
})

describe('algorithmsFor', () => {
  const pss = ['rsa-pss-sha256', 'rsa-pss-sha384', 'rsa-pss-sha512']
  const expected: readonly (readonly [KeyFacts, readonly string[]])[] = [
    [facts.rsa, ['rsa-v1_5-sha256', 'rsa-v1_5-sha384', 'rsa-v1_5-sha512', ...pss]],
    [facts.rsaPss, pss],
    [facts.p256, ['ecdsa-p256-sha256']],
    [facts.p384, ['ecdsa-p384-sha384']],
    [facts.p521, ['ecdsa-p521-sha512']],
    [facts.ed25519, ['ed25519']],
    [{ type: 'rsa-pss', size: 2048, pss: { hash: 'sha-384', saltLength: 20 } }, ['rsa-pss-sha384']],
    // The salt of a key is a minimum (RFC 4055 3.3), so one above that of the algorithm leaves nothing.
    [{ type: 'rsa-pss', size: 2048, pss: { hash: 'sha-256', saltLength: 33 } }, []],
    [{ type: 'rsa', size: 2048, bound: 'rsa-pss-sha512' }, ['rsa-pss-sha512']],
    // Hash, salt and two octets do not fit into 1024 bits.
    [{ type: 'rsa-pss', size: 1024 }, ['rsa-pss-sha256', 'rsa-pss-sha384']],
  ]
  it.each(expected)('of %o', (key, names) => {
    expect(algorithmsFor(key)).toEqual(names)
    for (const row of signatureAlgorithms) expect(algorithmFits(row, key)).toBe(names.includes(row.name))
  })
})

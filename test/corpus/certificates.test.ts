import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { Psd2Error } from '../../src/core/errors.ts'
import { certificateKind, psd2Attributes, psd2Remarks } from '../../src/eidas/index.ts'
import { parseCertificate } from '../../src/x509/index.ts'
import { describeCorpus } from '../support/corpus.ts'
import { pemFile } from './pem-file.ts'
import refusals from './strict-refusals.json' with { type: 'json' }

const sets = { psd2: 39, qualified: 142, zlint: 129, 'pkilint-etsi': 74, 'tl-ca': 431 } as const

/** Reads all that there is to read; gives the refusal of strict reading, if there is one. */
function strictRefusal(der: Uint8Array): { code: string; path: string | undefined } | undefined {
  try {
    const certificate = parseCertificate(der)
    psd2Remarks(certificate, psd2Attributes(certificate), certificateKind(certificate).kind)
    return undefined
  } catch (error) {
    if (!(error instanceof Psd2Error)) throw error
    return { code: error.code, path: error.path }
  }
}

describeCorpus('certificates', ['certificates'], (folder) => {
  const files = (set: string) => readdirSync(join(folder, set)).filter((file) => file.endsWith('.pem'))

  it.each(Object.entries(sets))('%s: all %i are read in tolerant mode', (set, count) => {
    const names = files(set)
    expect(names).toHaveLength(count)
    for (const file of names) {
      const der = pemFile(join(folder, set, file))
      const certificate = parseCertificate(der, { mode: 'tolerant' })
      expect(certificate.bytes, file).toBe(der)
      const attributes = psd2Attributes(certificate)
      psd2Remarks(certificate, attributes, certificateKind(certificate).kind)
      for (const attribute of [...certificate.subject.attributes, ...certificate.issuer.attributes]) {
        expect(typeof attribute.text).toBe('string')
      }
    }
  })

  it.each(Object.keys(sets))('%s: strict mode refuses those in strict-refusals.json and no others', (set) => {
    const found = files(set).flatMap((file) => {
      const refusal = strictRefusal(pemFile(join(folder, set, file)))
      return refusal === undefined ? [] : [{ set, file, ...refusal }]
    })
    const listed = refusals.filter((row) => row.set === set).map(({ file, code, path }) => ({ set, file, code, path }))
    expect(found).toEqual(listed)
  })

  it('strict-refusals.json gives each a reason and a clause', () => {
    expect(refusals.filter(({ reason, clause }) => reason.length < 20 || clause.length < 5)).toEqual([])
    expect(refusals.filter(({ set }) => !(set in sets))).toEqual([])
  })
})

describeCorpus('a seal with an RSASSA-PSS signature', ['registration', 'certs', 'dtrust-pss-qsealc.der'], (path) => {
  it('has a key that is not bound to RSASSA-PSS', () => {
    const { publicKey, signatureAlgorithm } = parseCertificate(readFileSync(path))
    expect(publicKey.algorithm.name).toBe('rsaEncryption')
    expect(signatureAlgorithm.name).toBe('rsassaPss')
    expect(signatureAlgorithm.pss?.saltLength).toBeGreaterThan(0)
    expect(publicKey.modulus).toBeDefined()
  })
})

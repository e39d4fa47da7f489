import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Psd2Error } from 'psd2-toolkit/core'
import { createPathValidator } from 'psd2-toolkit/trust'
import { type Certificate, findCertificates, parseCertificate } from 'psd2-toolkit/x509'
import { expect, it } from 'vitest'
import { describeCorpus } from '../support/corpus.ts'

/** Everything in a folder that can be read, with tolerance: issuers of the trusted lists are what they are. */
function read(folder: string): Certificate[] {
  return readdirSync(folder).flatMap((file) =>
    findCertificates(readFileSync(join(folder, file))).flatMap((found) => {
      if ('error' in found) return []
      try {
        return [parseCertificate(found.der, { mode: 'tolerant' })]
      } catch (error) {
        if (error instanceof Psd2Error) return []
        throw error
      }
    }),
  )
}

describeCorpus('qualified certificates under the issuers of the trusted lists', ['certificates'], (path) => {
  it('have a path, on their last day, by the strictest reading of the rules for issuers', async () => {
    const anchors = read(join(path, 'tl-ca'))
    const issuers = new Set(anchors.map(({ subject }) => subject.hex))
    const validator = createPathValidator({ anchors })
    const counts = new Map<string, number>()
    const wrong: string[] = []
    for (const certificate of read(join(path, 'qualified'))) {
      const question = { certificate, at: certificate.validity.notAfter, purpose: 'any' } as const
      const code = await validator.validate(question).then(
        () => 'trusted',
        (error: Psd2Error) => error.code,
      )
      counts.set(code, (counts.get(code) ?? 0) + 1)
      // Precertificates are in the logs, and so in the corpus.
      const isExpected = code === 'trusted' || code === 'PATH_PRECERTIFICATE' || !issuers.has(certificate.issuer.hex)
      if (!isExpected) wrong.push(`${code}: ${String(certificate.subject)}`)
    }
    process.stderr.write(`qualified certificates: ${[...counts].map((pair) => pair.join(' ')).join(', ')}\n`)
    expect(wrong).toEqual([])
    expect(counts.get('trusted')).toBeGreaterThan(100)
  })
})

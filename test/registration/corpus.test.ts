import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Psd2Error } from 'psd2-toolkit/core'
import { certificateKind } from 'psd2-toolkit/eidas'
import { buildRegistration } from 'psd2-toolkit/registration'
import { type Certificate, findCertificates, parseCertificate } from 'psd2-toolkit/x509'
import { expect, it } from 'vitest'
import { describeCorpus } from '../support/corpus.ts'
import { contact } from './support.ts'

/** Why real seal certificates cannot be registered. A reason that is new, or that no certificate has any more, fails. */
const reasons: Readonly<Record<string, string>> = {
  'registration.seal-psd2': 'nCAId is not the authority of the identifier: test certificates of a directory',
  'registration.legal-id-country': 'the country of the identifier is none of ISO 3166',
}

function sealsIn(folder: string): Certificate[] {
  return readdirSync(folder).flatMap((file) =>
    [...findCertificates(readFileSync(join(folder, file)))].flatMap((entry) => {
      const certificate = 'error' in entry ? undefined : strictly(entry.der)
      return certificate !== undefined && isSeal(certificate) ? [certificate] : []
    }),
  )
}

function strictly(der: Uint8Array): Certificate | undefined {
  try {
    return parseCertificate(der)
  } catch (error) {
    if (error instanceof Psd2Error) return undefined
    throw error
  }
}

function isSeal(certificate: Certificate): boolean {
  return certificateKind(certificate).kind === 'QSealC'
}

/** What becomes of a registration on a day on which the certificate is valid. */
async function outcomeOf(certificate: Certificate): Promise<string> {
  const { notBefore } = certificate.validity
  try {
    await buildRegistration({
      qsealc: certificate,
      redirectUris: ['https://tpp.example/callback'],
      softwareId: 'Example App',
      contact,
      at: new Date(notBefore.getTime() + 86_400_000),
      policy: 'observed',
    })
    return 'registered'
  } catch (error) {
    if (!(error instanceof Psd2Error)) throw error
    return error.code
  }
}

describeCorpus('real PSD2 seal certificates', ['certificates', 'psd2'], (folder) => {
  it('can be registered, or cannot for a reason that is known', async () => {
    const seals = sealsIn(folder)
    expect(seals.length).toBeGreaterThan(5)
    const met = new Set<string>()
    for (const certificate of seals) met.add(await outcomeOf(certificate))
    expect([...met].sort()).toEqual(['registered', ...Object.keys(reasons)].sort())
  })
})

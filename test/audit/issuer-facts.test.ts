import { describe, expect, it } from 'vitest'
import { auditCertificate, readyProfile } from '../../src/audit/index.ts'
import { Psd2Error } from '../../src/core/errors.ts'
import { parseCertificate } from '../../src/x509/index.ts'
import { storedCertificate } from '../../vectors/rules/make/mint.ts'

const at = new Date('2026-01-02T00:00:00Z')
const ids = readyProfile('auto').set.rules.map(({ rule }) => rule.id)

async function statusOf(der: Uint8Array, issuer: Uint8Array, rule = 'issuer.signature'): Promise<string | undefined> {
  const { outcomes } = await auditCertificate(der, { at, issuer })
  return outcomes[ids.indexOf(rule)]
}

describe('the signature of an issuer that is given', () => {
  it.each([
    ['RSA', 'qsealc', 'ca-seal'],
    ['RSASSA-PSS', 'qsealc-pss-signature', 'ca-seal'],
    ['RSASSA-PSS with SHA-384', 'qsealc-ps384', 'ca-seal'],
    ['RSASSA-PSS with SHA-512', 'qsealc-ps512', 'ca-seal'],
    ['ECDSA', 'qsealc-ecdsa-issuer', 'ca-ec-seal'],
    ['RSA with SHA-512', 'qsealc-rs512', 'ca-seal'],
    ['an authority by its root', 'ca-seal', 'ca-root'],
  ])('verifies: %s', async (_, id, issuer) => {
    expect(await statusOf(storedCertificate(id), storedCertificate(issuer))).toBe('pass')
    const changed = storedCertificate(id)
    // Within the signature, so that the certificate can still be read.
    changed[changed.length - 20] = (changed[changed.length - 20] as number) ^ 1
    expect(await statusOf(changed, storedCertificate(issuer))).toBe('finding')
  })

  it('does not verify under another authority, of another name or of the same', async () => {
    expect(await statusOf(storedCertificate('qsealc'), storedCertificate('ca-web'))).toBe('finding')
    expect(await statusOf(storedCertificate('qsealc'), storedCertificate('ca-ec-seal'))).toBe('finding')
    expect(await statusOf(storedCertificate('qsealc'), storedCertificate('ca-ec-seal'), 'issuer.name')).toBe('pass')
  })

  it('stays open where this platform verifies no such signature', async () => {
    const der = storedCertificate('qsealc-sha1-signature')
    expect(await statusOf(der, storedCertificate('ca-seal'))).toBe('not-checked')
    expect(await statusOf(der, storedCertificate('ca-seal'), 'issuer.name')).toBe('pass')
  })

  it('stays open without an issuer', async () => {
    const { outcomes, notChecked } = await auditCertificate(storedCertificate('qsealc'), { at })
    expect(outcomes[ids.indexOf('issuer.signature')]).toBe('not-checked')
    expect(notChecked).toContainEqual({ rule: 'issuer.signature', needs: ['issuerSignature'] })
  })

  it('takes a record too, and refuses octets that are no certificate', async () => {
    const issuer = parseCertificate(storedCertificate('ca-seal'))
    const { outcomes } = await auditCertificate(storedCertificate('qsealc'), { at, issuer })
    expect(outcomes[ids.indexOf('issuer.signature')]).toBe('pass')
    const wrong = auditCertificate(storedCertificate('qsealc'), { at, issuer: new Uint8Array([0x30, 0]) })
    await expect(wrong).rejects.toThrow(Psd2Error)
  })
})

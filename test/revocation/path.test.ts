import { expect, it } from 'vitest'
import { createRevocationChecker, validatePath } from '../../src/trust/index.ts'
import { parseCertificate } from '../../src/x509/index.ts'
import { at, authority, crl, entry, later, leaf, webCa } from './support.ts'

const root = parseCertificate(authority.root.certificate)

const validate = async (crls: Uint8Array[]) =>
  validatePath({
    certificate: leaf,
    intermediates: [webCa],
    anchors: [root],
    at,
    purpose: 'serverAuth',
    checkRevocation: createRevocationChecker({ crls }),
  })

it('a path holds where every certificate below the anchor is shown not to be revoked', async () => {
  const lists = [await crl(), await crl({ issuer: authority.root })]
  const { revocation, notChecked } = await validate(lists)
  expect(revocation.map(({ status }) => status)).toEqual(['good', 'good'])
  expect(notChecked).not.toContain('revocation')
})

it('a path is refused where one is revoked, or cannot be told', async () => {
  const revoked = [await crl({ revoked: [entry] }), await crl({ issuer: authority.root })]
  await expect(validate(revoked)).rejects.toMatchObject({ code: 'PATH_REVOKED' })
  await expect(validate([await crl()])).rejects.toMatchObject({ code: 'PATH_REVOCATION_UNKNOWN' })
  const ca = [{ serialNumber: webCa.serialNumber, date: later(-3) }]
  const revokedCa = [await crl(), await crl({ issuer: authority.root, revoked: ca })]
  await expect(validate(revokedCa)).rejects.toMatchObject({ code: 'PATH_REVOKED' })
})

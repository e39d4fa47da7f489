import { createHash, hash } from 'node:crypto'
import { calculateJwkThumbprint, exportJWK, importX509, type JWK } from 'jose'
import { jwkFromCertificate, jwkThumbprint, x5tS256 } from 'psd2-toolkit/jwks'
import { parseCertificate } from 'psd2-toolkit/x509'
import { measureAsync } from './support/measure-async.ts'
import { printRows } from './support/print.ts'
import { distinct, vector } from './support/subjects.ts'

const sha256 = (octets: Uint8Array): unknown =>
  typeof hash === 'function' ? hash('sha256', octets, 'buffer') : createHash('sha256').update(octets).digest()

/** Thumbprints and keys out of certificates, beside jose and the platform's SHA-256. */
export async function benchJose(): Promise<void> {
  const subjects = distinct(vector('qsealc-rsa-2048'), 500)
  const pems = subjects.map((der) => toPem(der))
  const jwk = jwkFromCertificate(parseCertificate(subjects[0] as Uint8Array))
  const octets = new TextEncoder().encode(JSON.stringify({ e: jwk.e, kty: jwk.kty, n: jwk.n }))
  let turn = 0
  const next = (): number => turn++ % subjects.length
  const der = (): Uint8Array => subjects[next()] as Uint8Array
  const rows = await measureAsync(
    {
      'SHA-256 of the DER': async () => sha256(der()),
      'x5t#S256': async () => x5tS256(der()),
      'SHA-256 of the key members': async () => sha256(octets),
      'thumbprint of RFC 7638': async () => jwkThumbprint(jwk),
      'jose calculateJwkThumbprint': async () => calculateJwkThumbprint(jwk as JWK),
      'JWK from DER': async () => jwkFromCertificate(parseCertificate(der())),
      'jose importX509 and exportJWK': async () =>
        exportJWK(await importX509(pems[next()] as string, 'RS256', { extractable: true })),
    },
    31,
  )
  printRows(rows, ['SHA-256 of the DER', 'JWK from DER'])
}

function toPem(der: Uint8Array): string {
  const lines = Buffer.from(der).toString('base64').replace(/.{64}/g, '$&\n')
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----`
}

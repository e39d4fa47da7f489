import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createCertificateRequest } from '../../src/issuance/index.ts'
import { findCertificates, parseCertificate } from '../../src/x509/index.ts'
import { base64, bytesOf, certificateAt, found, onlyError, pem, qwac, thrownBy, withOpenssl } from './support.ts'

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const ed25519 = generateKeyPairSync('ed25519').privateKey

type KeyForm = readonly [key: KeyObject, type: 'pkcs8' | 'pkcs1' | 'sec1', encrypted?: 'encrypted']
const forms: Readonly<Record<string, KeyForm>> = {
  'PKCS#8 EC': [ec, 'pkcs8'],
  'PKCS#8 RSA': [rsa, 'pkcs8'],
  'PKCS#8 Ed25519': [ed25519, 'pkcs8'],
  'PKCS#1': [rsa, 'pkcs1'],
  SEC1: [ec, 'sec1'],
  'encrypted PKCS#8': [rsa, 'pkcs8', 'encrypted'],
  'encrypted PKCS#1': [rsa, 'pkcs1', 'encrypted'],
}
const secret = { cipher: 'aes-256-cbc', passphrase: 'secret' }

function keyPem([key, type, encrypted]: KeyForm): string {
  return key.export({ type, format: 'pem', ...(encrypted === undefined ? {} : secret) } as never) as unknown as string
}

function keyDer([key, type, encrypted]: KeyForm): Uint8Array {
  return key.export({ type, format: 'der', ...(encrypted === undefined ? {} : secret) } as never) as unknown as Buffer
}

/** Everything that is said of an input, the octets of certificates left out. */
function told(input: string | Uint8Array): string {
  const octets = typeof input === 'string' ? bytesOf(input) : input
  const parts = findCertificates(octets).map((entry) => {
    const error = 'error' in entry ? entry.error : refusal(entry.der)
    return error === undefined ? '' : `${entry.place} ${error.message} ${error.stack} ${JSON.stringify(error)}`
  })
  return parts.join('\n')
}

function refusal(der: Uint8Array): Error | undefined {
  try {
    parseCertificate(der, { mode: 'tolerant' })
    return undefined
  } catch (error) {
    return error as Error
  }
}

describe('a private key', () => {
  it.each(Object.entries(forms))('as PEM is an entry that shows nothing of it: %s', (_, form) => {
    const text = keyPem(form)
    expect(createPrivateKey({ key: text, passphrase: 'secret' }).type).toBe('private')
    const entries = found(text + pem(qwac))
    expect(entries).toEqual([
      { place: 'line 1', code: 'INPUT_PRIVATE_KEY' },
      certificateAt(`line ${text.split('\n').length}`, qwac),
    ])
    for (const line of text.split('\n').slice(1, -2)) if (line !== '') expect(told(text)).not.toContain(line)
  })

  const plainForms = Object.entries(forms).filter(([, [, , encrypted]]) => encrypted === undefined)
  it.each(plainForms)('as DER and base64 is an entry that shows nothing of it: %s', (_, form) => {
    const der = keyDer(form)
    for (const input of [der, base64(der)]) {
      expect(onlyError(input).code).toBe('INPUT_PRIVATE_KEY')
      expect(told(input)).not.toContain(base64(der).slice(20, 40))
    }
  })

  it('as encrypted DER is refused, and nothing of it is shown', () => {
    const der = keyDer([rsa, 'pkcs8', 'encrypted'])
    const text = told(der)
    expect(text).not.toBe('')
    const hex = Buffer.from(der).toString('hex')
    for (let i = 60; i + 24 < hex.length; i += 24) expect(text).not.toContain(hex.slice(i, i + 24))
  })

  const broken: Readonly<Record<string, (text: string) => string>> = {
    'without its END line': (text) => text.slice(0, 120),
    'with another END label': (text) => text.replace('END PRIVATE', 'END PUBLIC'),
    'with a wrong character': (text) => text.replace('\nM', '\n!M'),
    'with header lines': (text) => text.replace('\n', '\nProc-Type: 4,ENCRYPTED\nDEK-Info: x\n\n'),
  }
  it.each(Object.entries(broken))('%s is still one', (_, change) => {
    const text = change(keyPem([ec, 'pkcs8']))
    expect(onlyError(text).code).toBe('INPUT_PRIVATE_KEY')
  })

  it.each(['OPENSSH PRIVATE KEY', 'ENCRYPTED PRIVATE KEY', 'DSA PRIVATE KEY', 'ANY PRIVATE KEY'])(
    'is told by its label: %s',
    (label) => {
      expect(onlyError(pem(Uint8Array.of(1, 2, 3), label)).code).toBe('INPUT_PRIVATE_KEY')
    },
  )
})

describe('what is no certificate', () => {
  it('PKCS#12 gets the command that exports from it', () => {
    const text = ec.export({ type: 'pkcs8', format: 'pem' }) as string
    const store = withOpenssl({ 'key.pem': text }, (run) => {
      run('req', '-new', '-x509', '-key', 'key.pem', '-subj', '/CN=x', '-days', '9', '-out', 'certificate.pem')
      const options = ['-inkey', 'key.pem', '-in', 'certificate.pem', '-passout', 'pass:x']
      return run('pkcs12', '-export', ...options)
    })
    for (const input of [store, base64(store)]) {
      const error = onlyError(input)
      expect(error.code).toBe('INPUT_PKCS12')
      expect(error.mend).toContain('openssl pkcs12')
      expect(error.mend).toContain('-nokeys')
    }
  })

  it('PKCS#12 in BER too', () => {
    expect(onlyError(Uint8Array.of(0x30, 0x80, 2, 1, 3, 0x30, 0x80, 0, 0, 0, 0)).code).toBe('INPUT_PKCS12')
  })

  it('a certificate request', async () => {
    const request = await createCertificateRequest({
      kind: 'QSealC',
      organizationIdentifier: 'PSDFR-ACPR-12345',
      organizationName: 'Example Payments SA',
      countryName: 'FR',
      roles: ['PSP_AI'],
      ncaName: 'Example Authority',
      keyAlgorithm: 'P-256',
    })
    const text = request.pem()
    expect(found(text + pem(qwac))).toEqual([
      { place: 'line 1', code: 'INPUT_REQUEST' },
      certificateAt(`line ${text.split('\n').length}`, qwac),
    ])
    const renamed = text.replaceAll('CERTIFICATE REQUEST', 'NEW CERTIFICATE REQUEST')
    expect(onlyError(renamed).code).toBe('INPUT_REQUEST')
    expect(refusal(request.request)).toMatchObject({ name: 'Psd2Error' })
  })

  it('a revocation list', () => {
    const text = ec.export({ type: 'pkcs8', format: 'pem' }) as string
    const list = withOpenssl(
      { 'key.pem': text, 'index.txt': '', number: '01\n', 'ca.cnf': crlConfiguration },
      (run) => {
        run('req', '-new', '-x509', '-key', 'key.pem', '-subj', '/CN=x', '-days', '9', '-out', 'certificate.pem')
        return Buffer.from(run('ca', '-gencrl', '-config', 'ca.cnf')).toString()
      },
    )
    expect(list).toContain('-----BEGIN X509 CRL-----')
    expect(onlyError(list).code).toBe('INPUT_CRL')
    const der = Uint8Array.from(Buffer.from(list.replaceAll(/-----.*-----|\n/g, ''), 'base64'))
    expect(refusal(der)).toMatchObject({ name: 'Psd2Error' })
  })

  it('a public key', () => {
    const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey
    const error = onlyError(key.export({ type: 'spki', format: 'pem' }) as string)
    expect(error.code).toBe('INPUT_NO_CERTIFICATE')
    expect(error.message).toContain('PUBLIC KEY')
    expect(refusal(key.export({ type: 'spki', format: 'der' }))).toMatchObject({ name: 'Psd2Error' })
  })

  it('a PKCS#1 public key is not called a private one', () => {
    const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey
    expect(onlyError(key.export({ type: 'pkcs1', format: 'pem' }) as string).code).toBe('INPUT_NO_CERTIFICATE')
    expect(told(key.export({ type: 'pkcs1', format: 'der' }))).not.toContain('private key')
  })
})

const crlConfiguration = `
[ca]
default_ca = test
[test]
database = index.txt
crlnumber = number
certificate = certificate.pem
private_key = key.pem
default_md = sha256
default_crl_days = 9
`

describe("openssl's trusted certificate", () => {
  it('is read: the certificate stands before what openssl adds', () => {
    const text = withOpenssl({ 'certificate.pem': pem(qwac) }, (run) =>
      Buffer.from(run('x509', '-in', 'certificate.pem', '-trustout', '-addtrust', 'serverAuth')).toString(),
    )
    expect(text).toContain('-----BEGIN TRUSTED CERTIFICATE-----')
    expect(found(text)).toEqual([certificateAt('line 1', qwac)])
  })

  it('with anything else after the certificate stays one that the reader refuses', () => {
    const whole = new Uint8Array([...qwac, 0])
    const [entry] = findCertificates(bytesOf(pem(whole)))
    if (entry === undefined || 'error' in entry) throw new Error('no certificate')
    expect(thrownBy(() => parseCertificate(entry.der)).code).toBe('DER_TRAILING_DATA')
  })
})

import { createPrivateKey, createPublicKey, type KeyObject, sign, verify, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fromBER } from 'asn1js'
import { CertificateChainValidationEngine, Certificate as PkiCertificate } from 'pkijs'
import { nodeCrypto } from 'psd2-toolkit/crypto/node'
import { write } from 'psd2-toolkit/der'
import { createPathValidator, validatePath } from 'psd2-toolkit/trust'
import { parseCertificate } from 'psd2-toolkit/x509'
import { pathOutcome, pathVectors } from '../vectors/trust/make/index.ts'
import { authority, type Key, keyFrom, leaf } from '../vectors/trust/make/mint.ts'
import { measureAsync } from './support/measure-async.ts'
import { printRows } from './support/print.ts'

const at = new Date('2026-06-01T00:00:00Z')
const sha256WithRsa = write.sequence(write.encodeOid('1.2.840.113549.1.1.11'), write.nullValue())

/** Deciding about paths of three certificates, beside the platform's own primitives and other engines. */
export async function benchTrust(): Promise<void> {
  const issuerKey = keyFile('leaf-rsa-2048')
  const publicKey = createPublicKey(issuerKey)
  const root = authority('root', undefined, { key: rsaKeyOf(keyFile('root-rsa-3072')) })
  const issuing = authority('issuing', root, { key: rsaKeyOf(issuerKey) })
  const der = leaf(issuing, { key: rsaKeyOf(keyFile('qwac-rsa-3072')) })
  const certificate = parseCertificate(der)
  const chain = [der, issuing.der, root.der] as const
  const [data, signature] = [certificate.tbs.value, certificate.signature.value]
  const question = { certificate, at, purpose: 'serverAuth', names: [{ dns: 'psp.example' }] } as const

  const held = createPathValidator({ anchors: [root.der], intermediates: [issuing.der] })
  const receiving = createPathValidator({ anchors: [root.der] })

  const crypto = nodeCrypto()
  const imported = await crypto.importPublicKey(publicKey.export({ type: 'spki', format: 'der' }))

  console.log('one certificate under authorities that are known (RSA-2048)')
  printRows(
    await measureAsync(
      {
        'raw verify': async () => verify('sha256', data, publicKey, signature),
        'the link alone, key imported before': () => crypto.verify('rsa-v1_5-sha256', imported, signature, data),
        'validator, leaf that was read': () => held.validate(question),
        'validator, leaf from DER': () => held.validate({ ...question, certificate: der }),
        'the same without names': () => held.validate({ certificate, at, purpose: 'serverAuth' }),
      },
      40,
    ),
    ['raw verify'],
  )

  console.log('\na path of three certificates, from DER')
  printRows(
    await measureAsync(
      {
        'validator, all that came from DER': () =>
          receiving.validate({ ...question, certificate: der, intermediates: [issuing.der] }),
        'validatePath, all from DER': () =>
          validatePath({ ...question, certificate: der, intermediates: [issuing.der], anchors: [root.der] }),
        'node X509Certificate': async () => nodePath(chain),
        'pkijs engine': () => pkijsPath(chain),
      },
      15,
    ),
    ['validator, all that came from DER', 'validatePath, all from DER'],
  )
  await benchHostilePools()
}

function keyFile(name: string): KeyObject {
  const pem = readFileSync(new URL(`../vectors/certificates/keys/${name}.key`, import.meta.url), 'utf8')
  return createPrivateKey(pem.slice(pem.indexOf('-----BEGIN')))
}

function rsaKeyOf(privateKey: KeyObject): Key {
  return keyFrom(privateKey, sha256WithRsa, (octets) => new Uint8Array(sign('sha256', octets, privateKey)))
}

/** Pools that are made to cost: what one answer takes. */
async function benchHostilePools(): Promise<void> {
  const ids = [
    'cycle-of-three',
    'copies-of-one-authority',
    'ten-thousand-of-one-name',
    'bomb',
    'fifty-policies-mapped-by-all',
  ]
  console.log(`\n${''.padEnd(36)}${'ms'.padStart(10)}  answer and work`)
  for (const id of ids) {
    const vector = pathVectors.find((each) => each.id === id)
    if (vector === undefined) throw new Error(`no vector ${id}`)
    await pathOutcome(vector, vector.question)
    const before = performance.now()
    const { error, work } = await pathOutcome(vector, vector.question)
    const milliseconds = (performance.now() - before).toFixed(1)
    const done = Object.entries(work ?? {}).filter(([, count]) => count > 0)
    console.log(
      `${id.padEnd(36)}${milliseconds.padStart(10)}  ${error?.code} ${done.map((pair) => pair.join(' ')).join(', ')}`,
    )
  }
}

/** Both signatures, names and validity: what node:crypto has for it. */
function nodePath([leafDer, issuingDer, rootDer]: readonly [Uint8Array, Uint8Array, Uint8Array]): void {
  const [subject, middle, top] = [leafDer, issuingDer, rootDer].map((octets) => new X509Certificate(octets)) as [
    X509Certificate,
    X509Certificate,
    X509Certificate,
  ]
  const sound =
    subject.checkIssued(middle) &&
    middle.checkIssued(top) &&
    subject.verify(middle.publicKey) &&
    middle.verify(top.publicKey) &&
    middle.ca &&
    [subject, middle, top].every((each) => new Date(each.validFrom) <= at && at <= new Date(each.validTo)) &&
    subject.checkHost('psp.example') !== undefined
  if (!sound) throw new Error('node refuses the path')
}

async function pkijsPath(chain: readonly Uint8Array[]): Promise<void> {
  const certs = chain.map((octets) => new PkiCertificate({ schema: fromBER(octets.slice().buffer).result }))
  const engine = new CertificateChainValidationEngine({
    trustedCerts: certs.slice(2),
    certs: [...certs.slice(1, 2), ...certs.slice(0, 1)],
    checkDate: at,
  })
  const { result, resultMessage } = await engine.verify()
  if (!result) throw new Error(`pkijs refuses the path: ${resultMessage}`)
}

import type { HttpMessage } from '../../../src/http/index.ts'
import { profileOf, signRequest } from '../../../src/signing/index.ts'
import {
  at,
  base64,
  carrying,
  keyIds,
  type MainProfile,
  octets,
  post,
  type SealName,
  seals,
  sha256,
  withHeaders,
} from './messages.ts'
import type { RequestVector } from './vector.ts'

const own = seals.rsa.certificate
const hexadecimal = own.serialNumber.toString(16)
const issuer = String(own.issuer)
const reversed = issuer.split(', ').reverse().join(',')
const header = 'TPP-Signature-Certificate'

type Row = readonly [
  family: string,
  says: string,
  profile: MainProfile,
  /** keyId; undefined is the one that the profile has. */
  keyId: string | undefined,
  expected: string,
  more?: {
    readonly certificate?: SealName
    readonly replayed?: true
    /** After it was signed. */
    readonly change?: (message: HttpMessage) => HttpMessage
  },
]

const set = (value: string | undefined) => (message: HttpMessage) => withHeaders(message, { [header]: value })
const twice = (message: HttpMessage): HttpMessage => ({
  ...message,
  headers: [...message.headers, [header, base64(own.bytes)]],
})
const other = base64(seals.otherRsa.certificate.bytes)

const rows: readonly Row[] = [
  ['control', 'berlin-group', 'berlin-group', undefined, 'accepted'],
  ['control', 'stet', 'stet', undefined, 'accepted'],
  ['control', 'berlin-group-jades', 'berlin-group-jades', undefined, 'accepted'],
  ['SIG-14', 'keyId is a metadata address: a hint', 'bpce', 'http://169.254.169.254/latest/meta-data', 'accepted'],
  ['SIG-14', 'keyId is a file: a hint', 'bpce', 'file:///etc/passwd', 'accepted'],
  [
    'SIG-14',
    'keyId is an address where the profile takes none',
    'berlin-group',
    'https://tpp.example/seal.pem',
    'KEY_REFERENCE_FORM',
  ],
  ['SIG-16', 'hexadecimal: control', 'berlin-group', `SN=${hexadecimal},CA=${issuer}`, 'accepted'],
  [
    'SIG-16',
    'upper case and the other order: control',
    'berlin-group',
    `SN=${hexadecimal.toUpperCase()},CA=${reversed}`,
    'accepted',
  ],
  ['SIG-16', 'decimal: control', 'berlin-group', `SN=${own.serialNumber},CA=${issuer}`, 'accepted'],
  [
    'SIG-16',
    'spaces as in an address: control',
    'berlin-group',
    `SN=${hexadecimal},CA=${reversed.replaceAll(' ', '%20')}`,
    'accepted',
  ],
  ['SIG-16', 'another serial number', 'berlin-group', `SN=1,CA=${issuer}`, 'KEY_REFERENCE_MISMATCH'],
  ['SIG-16', 'another issuer', 'berlin-group', `SN=${hexadecimal},CA=CN=Another CA`, 'KEY_REFERENCE_MISMATCH'],
  ['SIG-16', 'no issuer', 'berlin-group', `SN=${hexadecimal}`, 'KEY_REFERENCE_FORM'],
  ['SIG-16', 'an identifier', 'berlin-group', 'PSDFR-ACPR-12345', 'KEY_REFERENCE_FORM'],
  [
    'SIG-15',
    'fingerprint of another certificate',
    'stet',
    keyIds.stet(seals.otherRsa.certificate),
    'KEY_REFERENCE_MISMATCH',
  ],
  ['SIG-15', 'no fingerprint', 'stet', 'https://tpp.example/seal.pem', 'KEY_REFERENCE_URL'],
  ['SIG-15', 'http', 'stet', keyIds.stet(own).replace('https', 'http'), 'KEY_REFERENCE_URL'],
  ['SIG-15', 'a query', 'stet', `${keyIds.stet(own)}?x`, 'KEY_REFERENCE_URL'],
  ['SIG-15', 'credentials', 'stet', keyIds.stet(own).replace('//', '//a:b@'), 'KEY_REFERENCE_URL'],
  [
    'SIG-15',
    'a fingerprint in upper case',
    'stet',
    `https://tpp.example/x_${sha256(own.bytes).toUpperCase()}`,
    'KEY_REFERENCE_URL',
  ],
  ['SIG-15', 'serial and issuer', 'stet', `SN=${hexadecimal},CA=${issuer}`, 'KEY_REFERENCE_FORM'],
  [
    'SIG-15',
    'another certificate in the header',
    'berlin-group',
    undefined,
    'KEY_REFERENCE_MISMATCH',
    { change: set(other) },
  ],
  [
    'SIG-15',
    'another certificate of the resolver',
    'berlin-group',
    undefined,
    'KEY_REFERENCE_MISMATCH',
    { certificate: 'otherRsa' },
  ],
  [
    'SIG-15',
    'another certificate of the same key',
    'berlin-group-jades',
    undefined,
    'KEY_REFERENCE_MISMATCH',
    { certificate: 'pssSigned' },
  ],
  [
    'SIG-15',
    'no certificate in the header',
    'berlin-group',
    undefined,
    'SIGNATURE_HEADER_REQUIRED',
    { change: set(undefined) },
  ],
  ['SIG-06', 'the certificate header twice', 'berlin-group', undefined, 'SIGNATURE_HEADER_TWICE', { change: twice }],
  [
    'SIG-15',
    'a certificate header that is none',
    'berlin-group',
    undefined,
    'CERTIFICATE_HEADER',
    { change: set('!') },
  ],
  ['SIG-20', 'bpce, a second time', 'bpce', undefined, 'SIGNATURE_REPLAYED', { replayed: true }],
  ['SIG-20', 'stet, a second time', 'stet', undefined, 'SIGNATURE_REPLAYED', { replayed: true }],
  ['SIG-20', 'berlin-group, a second time', 'berlin-group', undefined, 'SIGNATURE_REPLAYED', { replayed: true }],
  [
    'SIG-20',
    'berlin-group-jades, a second time',
    'berlin-group-jades',
    undefined,
    'SIGNATURE_REPLAYED',
    { replayed: true },
  ],
  [
    'DIG-01',
    'berlin-group, another body',
    'berlin-group',
    undefined,
    'DIGEST_MISMATCH',
    { change: (message) => ({ ...message, body: octets('{}') }) },
  ],
  [
    'DIG-01',
    'berlin-group-jades, another body',
    'berlin-group-jades',
    undefined,
    'DIGEST_MISMATCH',
    { change: (message) => ({ ...message, body: octets('{}') }) },
  ],
]

async function vector([family, says, profile, keyId, expected, more = {}]: Row): Promise<RequestVector> {
  const { change = (message: HttpMessage) => message, ...circumstances } = more
  const sent = carrying(post, seals.rsa, profile)
  const needed = profile === 'berlin-group-jades' ? { certificate: own } : {}
  // RSASSA-PSS would come out another way each time.
  const signing = profileOf({ ...profileOf(profile), algorithms: ['rsa-v1_5-sha256'] })
  const options = { profile: signing, key: seals.rsa.key, keyId: keyId ?? keyIds[profile](own), at, ...needed }
  const { headers } = await signRequest(sent, options)
  const message = change({ ...sent, headers: [...sent.headers, ...headers] })
  return { kind: 'request', family, says, profile, message, expected, ...circumstances }
}

/** Key references and replays of each kind of profile. The messages are signed by the toolkit. */
export const referenceVectors = (): Promise<readonly RequestVector[]> => Promise.all(rows.map(vector))

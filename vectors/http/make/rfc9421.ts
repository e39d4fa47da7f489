import type { HttpMessage } from '../../../src/http/index.ts'
import { all9421, type Forgery9421, forged9421, now, parameters9421, withContentDigest } from './forge-9421.ts'
import { header, type SealName, seals, withHeaders } from './messages.ts'
import type { RequestVector } from './vector.ts'

type Row = readonly [
  family: string,
  says: string,
  make: Forgery9421 | (() => HttpMessage),
  expected: string,
  circumstances?: { readonly certificate?: SealName; readonly replayed?: true },
]

const without = (component: string): readonly string[] => all9421.filter((one) => one !== component)
const and = (...components: readonly string[]): Forgery9421 => ({ list: [...all9421, ...components] })
const having = (parameters: string): Forgery9421 => ({ parameters: `${parameters9421}${parameters}` })
const made = (created: string, more = ''): Forgery9421 => ({
  parameters: `;created=${created}${more};keyid="client";tag="psd2"`,
})
const many = (count: number, one: (index: number) => string): string =>
  Array.from({ length: count }, (_, i) => one(i)).join('')
const changed = (name: string, change: (text: string) => string) => (): HttpMessage => {
  const message = forged9421()
  return withHeaders(message, { [name]: change(header(message, name)) })
}

/** The message with a second signature behind the first. */
function twoLabels(second: Forgery9421, breakIt?: 'first' | 'second'): HttpMessage {
  const [one, two] = [forged9421(), forged9421({ label: 'sig2', ...second })]
  const spoil = (text: string, it: boolean): string => (it ? text.replace(/=:..../, '=:AAAA') : text)
  return withHeaders(one, {
    'Signature-Input': `${header(one, 'signature-input')}, ${header(two, 'signature-input')}`,
    Signature: `${spoil(header(one, 'signature'), breakIt === 'first')}, ${spoil(header(two, 'signature'), breakIt === 'second')}`,
  })
}
/** 256 octets, whose base64 ends in padding. */
function unpadded(): HttpMessage {
  const message = forged9421({ key: seals.otherRsa.key })
  return withHeaders(message, { Signature: header(message, 'signature').replace(/=+:$/, ':') })
}
const otherTag = { parameters: `;created=${now};keyid="proxy";tag="proxy"` }

/** Requests under RFC 9421. Everything about them is right but for what the row says. */
const rows: readonly Row[] = [
  ['control', 'RFC 9421, nothing is wrong', {}, 'accepted'],
  ['control', 'RFC 9421, alg that is the key’s', having(';alg="rsa-v1_5-sha256"'), 'accepted'],
  ['control', 'RFC 9421, Ed25519', { key: seals.ed25519.key, hash: null }, 'accepted', { certificate: 'ed25519' }],
  ['control', 'RFC 9421, a parameter that nobody defined', having(';x=1'), 'accepted'],
  ['SIG-01', 'RFC 9421, digest not covered', { list: without('"content-digest"') }, 'SIGNATURE_REQUIRED_NOT_COVERED'],
  ['SIG-02', 'RFC 9421, @target-uri not covered', { list: without('"@target-uri"') }, 'SIGNATURE_REQUIRED_NOT_COVERED'],
  ['SIG-02', 'RFC 9421, nothing covered', { list: [] }, 'SIGNATURE_REQUIRED_NOT_COVERED'],
  ['SIG-17', 'RFC 9421, created in the future', made(String(now + 60)), 'SIGNATURE_CREATED_IN_FUTURE'],
  ['SIG-17', 'RFC 9421, created long ago', made(String(now - 400)), 'SIGNATURE_TOO_OLD'],
  ['SIG-17', 'RFC 9421, created missing', { parameters: ';keyid="client";tag="psd2"' }, 'SIGNATURE_PARAMETER_MISSING'],
  ['SIG-17', 'RFC 9421, created that is a text', made('"abc"'), 'SIGNATURE_TIME'],
  ['SIG-17', 'RFC 9421, created that is a decimal', made('1.5'), 'SIGNATURE_TIME'],
  ['SIG-17', 'RFC 9421, created that is negative', made('-1'), 'SIGNATURE_TIME'],
  ['SIG-17', 'RFC 9421, created of 16 digits', made('9007199254740993'), 'STRUCTURED_FIELD_NUMBER'],
  ['SIG-18', 'RFC 9421, expired', made(String(now - 100), `;expires=${now - 60}`), 'SIGNATURE_EXPIRED'],
  [
    'SIG-18',
    'RFC 9421, expires before created',
    made(String(now), `;expires=${now - 1}`),
    'SIGNATURE_EXPIRES_BEFORE_CREATED',
  ],
  ['SIG-18', 'RFC 9421, expires later: control', made(String(now), `;expires=${now + 60}`), 'accepted'],
  ['SIG-28', 'RFC 9421, base64 without padding', unpadded, 'SIGNATURE_BASE64', { certificate: 'otherRsa' }],
  [
    'SIG-28',
    'RFC 9421, a space in the signature',
    changed('Signature', (text) => text.replace(/=:..../, '$& ')),
    'SIGNATURE_BASE64',
  ],
  ['SIG-31', 'alg of another key', having(';alg="ecdsa-p256-sha256"'), 'SIGNATURE_ALGORITHM_MISMATCH'],
  ['SIG-31', 'alg that the profile does not take', having(';alg="rsa-pss-sha512"'), 'SIGNATURE_ALGORITHM_NOT_ALLOWED'],
  ['SIG-31', 'alg of a shared secret', having(';alg="hmac-sha256"'), 'SIGNATURE_ALGORITHM_NOT_ALLOWED'],
  ['SIG-31', 'alg that is unknown', having(';alg="rsa-sha1"'), 'SIGNATURE_ALGORITHM_UNKNOWN'],
  ['SIG-31', 'an unknown derived component', and('"@foo"'), 'SIGNATURE_COMPONENT_UNKNOWN'],
  ['SIG-31', '@signature-params in the list', and('"@signature-params"'), 'SIGNATURE_COMPONENT_UNKNOWN'],
  ['SIG-31', '@query-param that is absent', and('"@query-param";name="q"'), 'SIGNATURE_QUERY_PARAM'],
  ['SIG-31', '@query-param without a name', and('"@query-param"'), 'SIGNATURE_COMPONENT_PARAMETER'],
  ['SIG-31', 'req in a request', and('"accept";req'), 'SIGNATURE_COMPONENT_VALUE'],
  ['SIG-31', 'bs with sf', and('"accept";bs;sf'), 'SIGNATURE_COMPONENT_PARAMETER'],
  ['SIG-31', 'key without a value', and('"accept";key'), 'SIGNATURE_COMPONENT_PARAMETER'],
  ['SIG-31', 'sf of a field whose type nobody knows', and('"accept";sf'), 'SIGNATURE_COMPONENT_VALUE'],
  ['SIG-31', 'an unknown parameter of a component', and('"accept";foo'), 'SIGNATURE_COMPONENT_PARAMETER'],
  ['SIG-31', 'a name in upper case', and('"Accept"'), 'SIGNATURE_COMPONENT_UNKNOWN'],
  ['SIG-32', 'a second label, both sound: control', () => twoLabels(otherTag), 'accepted'],
  [
    'SIG-32',
    'a second label, the one that is asked for broken',
    () => twoLabels(otherTag, 'first'),
    'SIGNATURE_INVALID',
  ],
  ['SIG-32', 'two labels with the tag that is asked for', () => twoLabels({}), 'SIGNATURE_AMBIGUOUS'],
  [
    'SIG-32',
    'a label that is not signed',
    changed('Signature-Input', (text) => `${text}, sig2=("@method")`),
    'SIGNATURE_LABEL_UNPAIRED',
  ],
  ['SIG-33', 'a component twice', and('"@method"'), 'SIGNATURE_COMPONENT_TWICE'],
  ['SIG-33', 'no tag', { parameters: `;created=${now};keyid="client"` }, 'SIGNATURE_TAG'],
  ['SIG-33', 'a nonce once: control', having(';nonce="n-1"'), 'accepted'],
  ['SIG-33', 'a nonce again', having(';nonce="n-1"'), 'SIGNATURE_REPLAYED', { replayed: true }],
  [
    'SIG-34',
    '17 labels',
    changed('Signature-Input', () => many(17, (i) => `${i === 0 ? '' : ', '}s${i}=()`)),
    'LIMIT_SIGNATURES',
  ],
  [
    'SIG-34',
    '65 components',
    changed('Signature-Input', () => `sig1=(${many(65, (i) => `"h${i}" `).trim()})`),
    'LIMIT_COMPONENTS',
  ],
  [
    'SIG-34',
    '2,000 parameters',
    changed('Signature-Input', () => `sig1=()${many(2000, (i) => `;p${i}`)}`),
    'LIMIT_STRUCTURED_FIELD',
  ],
  [
    'SIG-34',
    'an integer of 12,000 digits',
    changed('Signature-Input', () => `sig1=();created=${'1'.repeat(12_000)}`),
    'STRUCTURED_FIELD_NUMBER',
  ],
  ['SIG-08', 'RFC 9421, a parameter twice', having(`;created=${now}`), 'SIGNATURE_DUPLICATE_PARAMETER'],
  ['SIG-05', 'RFC 9421, a covered header is absent', and('"x-absent"'), 'SIGNATURE_HEADER_ABSENT'],
  [
    'SIG-22',
    'RFC 9421, another query',
    () => ({ ...forged9421(), target: '/stet/setting/v1/register?id=43' }),
    'SIGNATURE_INVALID',
  ],
  ['SIG-22', 'RFC 9421, another method', () => ({ ...forged9421(), method: 'PUT' }), 'SIGNATURE_INVALID'],
  ['SIG-24', 'RFC 9421, another Host', changed('Host', () => 'evil.example'), 'SIGNATURE_INVALID'],
  [
    'DIG-01',
    'RFC 9421, another body',
    () => ({ ...forged9421(), body: new Uint8Array([0x7b, 0x7d]) }),
    'DIGEST_MISMATCH',
  ],
  [
    'DIG-09',
    'RFC 9421, Digest says otherwise',
    () => withHeaders(forged9421(), { Digest: 'SHA-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' }),
    'DIGEST_FIELDS_DISAGREE',
  ],
  [
    'DIG-10',
    'RFC 9421, a body without a digest',
    { message: withHeaders(withContentDigest, { 'Content-Digest': undefined }), list: without('"content-digest"') },
    'DIGEST_MISSING',
  ],
]

export const rfc9421Vectors: readonly RequestVector[] = rows.map(
  ([family, says, make, expected, circumstances = {}]) => ({
    kind: 'request',
    family,
    says,
    profile: 'rfc9421',
    message: typeof make === 'function' ? make() : forged9421(make),
    expected,
    ...circumstances,
  }),
)

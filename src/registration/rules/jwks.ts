import type { JoseCode } from '../../jose/codes.ts'
import type { JwkFinding } from '../../jose/findings.ts'
import type { Modal } from '../../rules/rule.ts'
import { at, isPresent, page, type RegistrationRule, rfc, rule } from './rule.ts'

/** A rule of the page for what reading a JWK Set finds. */
interface JwkRule {
  readonly slug: string
  readonly row: string
  readonly clause: Parameters<typeof rule>[0]['clause']
  readonly codes?: readonly JoseCode[]
  /** The member that the rule is of: its absence and its type are breaches too. */
  readonly member?: string
  readonly title: string
  readonly why: string
  readonly mend: string
  readonly modal?: Modal
}

const key = 'jwks, keys'

const jwkRules: readonly JwkRule[] = [
  {
    slug: 'jwks-key',
    row: 'R-069',
    clause: key,
    codes: [
      'JWK_SET_TYPE',
      'JWK_SET_KEYS_MISSING',
      'JWK_SET_KEYS_TYPE',
      'JWK_SET_EMPTY',
      'JWK_SET_SEVERAL',
      'JWK_TYPE',
    ],
    title: 'jwks is an object whose keys has one JWK',
    why: 'of two keys nobody says which one counts',
    mend: 'send "jwks": {"keys": [ the one JWK of the QSealC ]}',
  },
  {
    slug: 'jwk-kty',
    row: 'R-070',
    clause: 'jwks, kty',
    codes: ['JWK_KTY', 'JWK_KEY_NOT_RSA', 'JWK_MEMBER_FOREIGN', 'JWK_KEY_UNSUPPORTED'],
    member: 'kty',
    title: 'the key is RSA, and kty says so',
    why: 'the bank verifies RS256 and nothing else',
    mend: 'send "kty": "RSA", of a certificate for an RSA key',
  },
  {
    slug: 'jwk-use',
    row: 'R-071',
    clause: 'jwks, use',
    codes: ['JWK_USE'],
    member: 'use',
    title: 'use is sig',
    why: 'the key is for signatures',
    mend: 'send "use": "sig"',
  },
  {
    slug: 'jwk-alg',
    row: 'R-072',
    clause: 'jwks, alg',
    codes: ['JWK_ALG'],
    member: 'alg',
    title: 'alg is RS256',
    why: 'another algorithm would let the sender choose how it is verified',
    mend: 'send "alg": "RS256"',
  },
  {
    slug: 'jwk-key-ops',
    row: 'R-073',
    clause: 'jwks, key_ops',
    codes: ['JWK_KEY_OPS'],
    member: 'key_ops',
    title: 'key_ops is ["verify"]',
    why: 'the key that is sent verifies; it neither signs nor encrypts',
    mend: 'send "key_ops": ["verify"]',
  },
  {
    slug: 'jwk-kid',
    row: 'R-074',
    clause: 'jwks, kid',
    codes: ['JWK_KID_LENGTH', 'JWK_KID_CHARACTER', 'JWK_KID_SEPARATOR'],
    member: 'kid',
    title: 'kid is a string of 1 to 256 printable characters that cannot leave its place',
    why: 'it goes into headers, logs and names of files',
    mend: 'send the serial number of the certificate in decimal',
  },
  {
    slug: 'jwk-x5u',
    row: 'R-075',
    clause: 'jwks, x5u',
    codes: ['JWK_X5U'],
    title: 'x5u is absent or null',
    why: 'the page forbids it; an address that is fetched leads a server where the sender wants it',
    mend: 'leave x5u out; the certificate stands in x5c',
  },
  {
    slug: 'jwk-x5c',
    row: 'R-076',
    clause: 'jwks, x5c',
    codes: ['JWK_X5C_EMPTY', 'JWK_X5C_SEVERAL'],
    member: 'x5c',
    title: 'x5c is an array with one item',
    why: 'of several certificates nobody says which one counts',
    mend: 'send the QSealC alone',
  },
  {
    slug: 'jwk-x5c-der',
    row: 'R-077',
    clause: 'jwks, x5c',
    codes: ['JWK_X5C_BASE64', 'JWK_CERTIFICATE_EXPIRED', 'JWK_CERTIFICATE_NOT_YET_VALID', 'JWK_KEY_SIZE'],
    title: 'the item of x5c is a QSealC that is valid now: its DER in standard base64, with a key of 2048 bits or more',
    why: 'two texts, or two encodings, of one certificate are two certificates to whoever compares',
    mend: 'encode the DER with + and /, with padding, without line breaks and PEM lines',
  },
  {
    slug: 'jwk-x5t',
    row: 'R-079',
    clause: 'jwks, x5t',
    codes: ['JWK_X5T'],
    title: 'x5t is absent or null',
    why: 'the page forbids it; it is SHA-1',
    mend: 'leave x5t out; send x5t#S256',
  },
  {
    slug: 'jwk-x5t-s256',
    row: 'R-080',
    clause: 'jwks, x5t#S256',
    codes: [
      'JWK_X5T_S256_ENCODING',
      'JWK_X5T_S256_INPUT',
      'JWK_X5T_S256_HASH',
      'JWK_X5T_S256_THUMBPRINT',
      'JWK_X5T_S256_MISMATCH',
    ],
    member: 'x5t#S256',
    title: 'x5t#S256 is base64url of the SHA-256 of the DER of the certificate in x5c',
    why: 'it binds the key to the one certificate',
    mend: 'send the 43 characters that psd2 x5t prints',
  },
  {
    slug: 'jwk-private',
    row: 'R-081',
    clause: page('Eligibility'),
    codes: ['JWK_PRIVATE_KEY', 'JWK_SYMMETRIC_KEY'],
    title: 'no private or symmetric key is sent',
    why: 'the page wants public keys only; a private key that was sent is burned',
    mend: 'have the certificate revoked and make a new key; the value was neither shown nor kept',
  },
  {
    slug: 'seal-kind',
    row: 'R-084',
    clause: 'jwks',
    codes: ['JWK_CERTIFICATE_KIND'],
    title: 'the certificate of x5c is a QSealC',
    why: 'the QWAC is for TLS; what it signs binds nobody',
    mend: 'send the certificate for electronic seals',
  },
  {
    slug: 'seal-pss',
    row: 'R-156',
    clause: page('Limits'),
    codes: ['JWK_CERTIFICATE_PSS'],
    title: 'the QSealC is not signed with RSASSA-PSS',
    why: 'the page says that such certificates are not accepted',
    mend: 'ask the QTSP for a certificate signed with sha256WithRSAEncryption',
  },
  {
    slug: 'seal-key-pss',
    row: 'R-156',
    clause: page('Limits'),
    codes: ['JWK_KEY_PSS'],
    title: 'the key of the QSealC is not bound to RSASSA-PSS',
    why: 'RS256 cannot be made with it',
    mend: 'have a certificate issued for an rsaEncryption key',
  },
  {
    slug: 'jwk-key-match',
    row: 'R-068',
    clause: rfc(7517, '4.7'),
    codes: ['JWK_KEY_MISMATCH', 'JWK_BASE64URL', 'JWK_INTEGER_LEADING_ZERO', 'JWK_COORDINATE_LENGTH'],
    member: 'n e',
    title: 'n and e, where they are sent, are the key of the certificate, in the one form that they have',
    why: 'otherwise two readers take two keys',
    mend: 'take the key from the certificate: psd2 jwks build',
  },
  {
    slug: 'jwk-key-absent',
    row: 'R-068',
    clause: rfc(7518, '6.3.1'),
    codes: ['JWK_KEY_ABSENT'],
    modal: 'may',
    title: 'n and e are there',
    why: 'RFC 7518 demands them; the page does not list them, and the certificate has the key',
    mend: 'send n and e: many libraries read no RSA key without them',
  },
  {
    slug: 'jwk-member-unknown',
    row: 'R-068',
    clause: rfc(7517, '4'),
    codes: ['JWK_MEMBER_UNKNOWN', 'JWK_MEMBER_NULL'],
    modal: 'may',
    title: 'the members of the JWK are those of the page',
    why: 'what nobody knows is ignored; null counts as absent',
    mend: 'leave the member out',
  },
]

/** Codes that a rule of another file, or of the whole body, speaks for. */
const elsewhere: Readonly<Partial<Record<JoseCode, string>>> = {
  JWK_MEMBER_DANGEROUS: 'registration.member-dangerous',
  JWK_DUPLICATES_UNSEEN: 'registration.json-twice: the body is read from octets',
}

/** What of a rule is where a finding says: `/jwks/keys/0/kty` is of kty. */
function memberOfPath(path: string): string {
  return /^\/jwks\/keys\/[0-9]+\/([^/]+)/.exec(path)?.[1] ?? ''
}

const byMember: ReadonlySet<string> = new Set(['JWK_MEMBER_MISSING', 'JWK_MEMBER_TYPE'])
const misspelt = 'JWK_MEMBER_MISSPELT'

function speaksFor({ codes = [], member = '' }: JwkRule, { code, path }: JwkFinding): boolean {
  if (byMember.has(code)) return member.split(' ').includes(memberOfPath(path))
  return (codes as readonly string[]).includes(code)
}

/** An error of the reader of certificates has a code of its own. */
function isOfCertificate({ code }: JwkFinding): boolean {
  return !code.startsWith('JWK_')
}

/** True for the one misspelling that the bank is known to accept. */
function isKeysOps({ code, path }: JwkFinding): boolean {
  return code === misspelt && memberOfPath(path) === 'keys_ops'
}

function ruleOf(draft: JwkRule): RegistrationRule {
  const { slug, row, clause, title, why, mend, modal } = draft
  return rule({
    slug,
    rows: [row, updateRows.has(row) ? 'R-112' : row],
    clause,
    title,
    why,
    mend,
    ...(modal === undefined ? {} : { modal }),
    check: ({ jwk }, report) => {
      for (const finding of jwk) if (speaksFor(draft, finding)) report(...told(finding))
    },
  })
}

function told({
  path,
  offset,
  message,
  code,
  mend,
}: JwkFinding): Parameters<Parameters<NonNullable<RegistrationRule['check']>>[1]> {
  return [at(path, offset), { message: `${message} (${code})`, mend }]
}

/** Rows are one row on an update. */
const updateRows: ReadonlySet<string> = new Set(Array.from({ length: 13 }, (_, i) => `R-0${68 + i}`))

export const jwksRules: readonly RegistrationRule[] = [
  rule({
    slug: 'jwks',
    rows: ['R-068', 'R-112'],
    clause: 'jwks',
    title: 'jwks is there',
    why: 'it carries the QSealC by which everything is verified',
    mend: 'send what psd2 jwks build prints',
    check: ({ body: { jwks } }, report) => {
      if (!isPresent(jwks)) report(at('/jwks'), { message: 'jwks is missing' })
    },
  }),
  ...jwkRules.map(ruleOf),
  rule({
    slug: 'jwk-keys-ops',
    rows: ['R-073', 'R-112'],
    clause: 'jwks, key_ops',
    title: 'key_ops is not written keys_ops',
    why: 'the bank is known to accept the misspelt name, and to register no key_ops then',
    mend: 'write "key_ops"',
    check: ({ jwk }, report) => {
      for (const finding of jwk) if (isKeysOps(finding)) report(...told(finding))
    },
  }),
  rule({
    slug: 'jwk-misspelt',
    rows: ['R-068', 'R-112'],
    clause: 'jwks',
    title: 'the members of the JWK are spelt as they are defined',
    why: 'a misspelt member is an absent one to whoever reads strictly',
    mend: 'write the name as it is defined',
    check: ({ jwk }, report) => {
      for (const finding of jwk) if (finding.code === misspelt && !isKeysOps(finding)) report(...told(finding))
    },
  }),
  rule({
    slug: 'seal-unreadable',
    rows: ['R-077', 'R-112'],
    clause: 'jwks, x5c',
    title: 'the certificate of x5c is one, in DER to the letter',
    why: 'what two readers read in two ways has two owners',
    mend: 'send the certificate as the QTSP issued it: psd2 inspect says what is wrong with it',
    check: ({ jwk }, report) => {
      for (const finding of jwk) if (isOfCertificate(finding)) report(...told(finding))
    },
  }),
]

/** Every code of the reader for which no rule speaks: none, which a test holds. */
export function unruledCodes(codes: readonly JoseCode[]): readonly string[] {
  const ruled = new Set<string>([...jwkRules.flatMap((draft) => draft.codes ?? []), ...byMember, misspelt])
  return codes.filter((code) => !ruled.has(code) && !Object.hasOwn(elsewhere, code))
}

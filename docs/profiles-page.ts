import { algorithmNamed } from '../src/crypto/algorithms.ts'
import {
  type KeyReferenceForm,
  type ProfileGrounding,
  type SigningProfile,
  signingProfiles,
} from '../src/signing/index.ts'

const groundings: Readonly<Record<ProfileGrounding, string>> = {
  read: 'text of the bank or of its standard was read',
  inferred: 'taken from code that works with the bank; its own text was not reachable',
  remembered: 'from memory; no profile here is',
}

const forms: Readonly<Record<KeyReferenceForm, string>> = {
  url: 'address',
  'issuer-serial': '`SN=..,CA=..`',
  serial: 'serial number',
  identifier: 'identifier',
}

/** What a reader must know of one profile and its data do not say. */
const remarks: readonly (readonly [names: string, text: string])[] = [
  [
    'arkea, bred, societe-generale, bnp-paribas',
    'The source shows requests without a body. With a body the digest is covered as well, so that no body goes unsigned; no source shows that the bank takes it.',
  ],
  [
    'societe-generale, bnp-paribas, credit-agricole, worldline, berlin-group, rabobank, icard',
    'Method and target are not covered: whoever sees a signed request can send its headers to another address. Verify with a replay store.',
  ],
  [
    'arkea, boursorama, bred, credit-agricole, credit-mutuel, societe-generale, bnp-paribas',
    'Headers that begin with `psu-` are covered where they are present, as STET 3.5.1.2 has it.',
  ],
  [
    'boursorama',
    'The known client signs the target of a POST without its query. That cannot be said here: send a POST without a query.',
  ],
  [
    'credit-agricole',
    'The known client writes the list of names in mixed case and signs them in lower case. The list is read in any case, and written in lower case. What is there is covered in the order of the headers, after the digest of a body.',
  ],
  ['credit-mutuel', 'Give Host and Date to the signer: both are signed. A signature over Authorization is refused.'],
  [
    'qonto',
    'Give Content-Type and Content-Length to the signer where there is a body: a header that is added later would go unsigned, which the bank refuses. x-request-id is sent and not asked to be signed.',
  ],
  [
    'worldline',
    'No source shows a digest; with a body it is covered all the same. The thumbprint in keyId is for `resolveKey` to look up: SHA-1 is not compared.',
  ],
  [
    'rabobank, bng',
    'The digest of a multipart body is of a part of it (of the first file, or of the part with its metadata). Here the digest is of the whole body.',
  ],
  [
    'rabobank, icard, credit-agricole',
    'keyId is the serial number: Rabobank and iCard show it in decimal digits, and a verifier reads both.',
  ],
  [
    'ing, oots, berlin-group-jades',
    'The time `sigT` is in the protected header, and so is signed; the certificate is named by `x5t#S256`.',
  ],
  [
    'obie, obie-3.1.3',
    'The body alone is signed: method, target and headers can be changed by whoever sees the request, and requests without a body are not signed. Give `issuer` to the signer; the resolver sees it in `parameters`. The source has no greatest age: 300 seconds is the choice of the toolkit.',
  ],
  [
    'oots',
    'Only the digest is covered, and an ECDSA signature has a second form that verifies as well, so a replay store that remembers signatures is no proof. The certificate is not asked to be a QSealC.',
  ],
]

/** What was looked at and has no profile, with the reason. */
const absent: readonly (readonly [what: string, why: string])[] = [
  ['Polish API', 'A detached JWS over the body, as far as is known; the document could not be read.'],
  ['La Banque Postale', 'After STET; how it signs was not found.'],
  [
    'Amazon SP-API for TPPs',
    'RFC 9421 with the label `x-amzn-psd2`. The digest is in a header of its own, `x-amzn-content-digest`, whose form is not documented; a profile without it would let the body go unverified.',
  ],
  ['eBay', 'RFC 9421, with the key in a JWE header, `x-ebay-signature-key`, that only eBay can read.'],
  [
    'FAPI 2.0 message signing',
    'RFC 9421 with the tag `fapi-2-request`; algorithms and key reference are not settled in what was read.',
  ],
  [
    'ING, the older scheme',
    'By the drafts, with one keyId for the token call and another one after it. Part of what is known of it is from memory.',
  ],
  [
    'Open Bank Project',
    'JAdES with a line feed after the last line. The dialect can do that (`trailingNewline`); which headers are covered was not found.',
  ],
  [
    'BPCE, the older scheme',
    'Authorization and x-request-id with the names in the case of the client. The bank has left it: use `bpce`.',
  ],
  ['Triodos, Bank Frick', 'They keep to Berlin Group: use `berlin-group`, which covers Date where it is present.'],
]

/** docs/profiles.md from the table of profiles. */
export function profilesPage(): string {
  return `${[
    '# Signing profiles',
    '',
    'Made from the profiles in `src/signing/profiles` by `npm run docs:generate`. A profile says how one bank or standard wants',
    'messages signed. A profile of your own is an object of the same type, `SigningProfile`.',
    '',
    '## Where they come from',
    '',
    ...Object.entries(groundings).map(([grounding, meaning]) => `- **${grounding}**: ${meaning}`),
    '',
    ...table(['profile', 'source', 'grounding', 'dialect', 'carrier'], signingProfiles.map(origin)),
    '',
    '## What is covered',
    '',
    'Names are in the order in which they are signed. What is signed where it is present comes after them.',
    '',
    ...table(['profile', 'with a body', 'without a body', 'where present', 'never'], signingProfiles.map(coverage)),
    '',
    '## Keys, digests, times',
    '',
    'Of the algorithms, the first that the key makes is used. Every certificate is looked for by `resolveKey`; nothing is fetched.',
    '',
    ...table(
      ['profile', 'algorithms', 'key reference', 'certificate', 'digest', 'without a body', 'greatest age', 'quirks'],
      signingProfiles.map(particulars),
    ),
    '',
    '## What the tables do not say',
    '',
    ...remarks.map(([names, text]) => `- **${names}**: ${text}`),
    '',
    '## What has no profile',
    '',
    ...absent.map(([what, why]) => `- **${what}**: ${why}`),
  ].join('\n')}\n`
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`)
}

function origin({ name, source, grounding, dialect, carrier }: SigningProfile): string[] {
  const usual = dialect === 'jades-http' ? 'x-jws-signature' : 'Signature'
  return [code(name), source, grounding, dialect, carrier === 'authorization' ? 'Authorization' : usual]
}

function coverage({ name, components, policy }: SigningProfile): string[] {
  const { withBody, withoutBody } = components
  const whenPresent = [...new Set([...(components.whenPresent ?? []), ...(policy.whenPresent ?? [])])]
  const others = whenPresent.filter((one) => !(withBody.includes(one) && withoutBody.includes(one)))
  const never = policy.only === undefined ? list(policy.forbidden ?? []) : 'anything else'
  return [code(name), list(withBody), list(withoutBody), list(others), never]
}

function particulars(profile: SigningProfile): string[] {
  const { name, algorithms, keyReferences, fingerprintRequired, certificate, digest, policy } = profile
  const references = keyReferences.map((form) => forms[form]).join(', ')
  const seal = certificate.qsealc ? 'QSealC' : 'any'
  const age = policy.clock === undefined ? '' : `${policy.clock.maxAge} s`
  return [
    code(name),
    algorithms.map((algorithm) => code(writtenName(profile, algorithm))).join(' '),
    fingerprintRequired === true ? `${references} with fingerprint` : references,
    certificate.header === undefined ? seal : `${seal}, in ${code(certificate.header)}`,
    `${digest.field} ${digest.algorithm}`,
    digest.ofEmptyBody ? 'digest of no octets' : 'no digest',
    policy.clock?.required === false ? `${age} where a time is signed` : age,
    quirksOf(profile),
  ]
}

/** The name of an algorithm in the header. */
function writtenName({ dialect, algorithmName }: SigningProfile, name: SigningProfile['algorithms'][number]): string {
  const algorithm = algorithmNamed(name)
  const written = dialect === 'jades-http' ? algorithm?.jose : dialect === 'rfc9421' ? name : algorithm?.cavage
  return algorithmName ?? written ?? name
}

function quirksOf({ quirks = {} }: SigningProfile): string {
  return Object.entries(quirks)
    .map(([name, value]) => code(typeof value === 'object' ? `${name}: ${Object.keys(value).join(' ')}` : name))
    .join(' ')
}

const code = (text: string): string => `\`${text}\``
const list = (names: readonly string[]): string => names.map(code).join(' ')

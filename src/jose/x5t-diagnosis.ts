import { encodeBase64, encodeBase64url } from '../core/base64.ts'
import { toHex } from '../core/bytes.ts'
import type { CryptoProvider, HashName } from '../crypto/provider.ts'
import type { Certificate } from '../x509/certificate.ts'
import type { JoseCode } from './codes.ts'
import type { Problem } from './integers.ts'
import { keyAsJwk } from './key-shapes.ts'
import { jwkThumbprint } from './thumbprint.ts'

/** What people hash by mistake. Several forms where the same mistake has several texts. */
interface Source {
  readonly code: JoseCode
  readonly says: string
  readonly hash: HashName
  readonly inputs: (certificate: Certificate) => readonly (Uint8Array | string)[]
}

const der = ({ bytes }: Certificate): readonly Uint8Array[] => [bytes]

const sources: readonly Source[] = [
  source('JWK_X5T_S256_ENCODING', 'the SHA-256 of the certificate', der),
  source('JWK_X5T_S256_INPUT', 'the SHA-256 of the PEM text', pemTexts),
  source('JWK_X5T_S256_INPUT', 'the SHA-256 of the base64 text', base64Texts),
  source('JWK_X5T_S256_INPUT', 'the SHA-256 of the hexadecimal text', ({ bytes }) => {
    const hex = toHex(bytes)
    return [hex, hex.toUpperCase()]
  }),
  source('JWK_X5T_S256_INPUT', 'the SHA-256 of SubjectPublicKeyInfo', ({ publicKey }) => [publicKey.value]),
  source('JWK_X5T_S256_INPUT', 'the SHA-256 of the key without its algorithm', ({ publicKey }) => [
    publicKey.key.value,
  ]),
  source('JWK_X5T_S256_INPUT', 'the SHA-256 of the modulus', ({ publicKey: { modulus } }) =>
    modulus === undefined ? [] : [modulus.value, Uint8Array.of(0, ...modulus.value)],
  ),
  source('JWK_X5T_S256_INPUT', 'the SHA-256 of TBSCertificate', ({ tbs }) => [tbs.value]),
  source('JWK_X5T_S256_INPUT', 'the SHA-256 of the signature', ({ signature }) => [signature.value]),
  source('JWK_X5T_S256_INPUT', 'the SHA-256 of nothing', () => ['']),
  source('JWK_X5T_S256_HASH', 'the SHA-1 of the certificate', der, 'sha-1'),
  source('JWK_X5T_S256_HASH', 'the SHA-384 of the certificate', der, 'sha-384'),
  source('JWK_X5T_S256_HASH', 'the SHA-512 of the certificate', der, 'sha-512'),
]

function source(code: JoseCode, says: string, inputs: Source['inputs'], hash: HashName = 'sha-256'): Source {
  return { code, says, hash, inputs }
}

/** How people write a hash. The first is right for the right hash. */
const encodings: readonly { readonly says: string; readonly texts: (octets: Uint8Array) => readonly string[] }[] = [
  { says: 'base64url', texts: (octets) => [encodeBase64url(octets)] },
  { says: 'hexadecimal', texts: (octets) => [toHex(octets)] },
  { says: 'upper-case hexadecimal', texts: (octets) => [toHex(octets).toUpperCase()] },
  { says: 'hexadecimal with colons', texts: (octets) => bothCases(separated(octets, ':')) },
  { says: 'hexadecimal with blanks', texts: (octets) => bothCases(separated(octets, ' ')) },
  { says: 'base64url with padding', texts: (octets) => [padded(encodeBase64url(octets))] },
  { says: 'standard base64', texts: (octets) => [encodeBase64(octets)] },
  { says: 'standard base64 without padding', texts: (octets) => [encodeBase64(octets).replace(/=+$/, '')] },
  {
    says: 'base64url of the hexadecimal text',
    texts: (octets) => hexTexts(octets).map((text) => encodeBase64url(utf8(text))),
  },
  {
    says: 'base64 of the hexadecimal text',
    texts: (octets) => hexTexts(octets).map((text) => encodeBase64(utf8(text))),
  },
  { says: 'base64url with unused bits set', texts: unusedBits },
]

/** Shapes of a value that no mistake of the tables explains. */
const shapes: readonly (readonly [pattern: RegExp, says: string])[] = [
  [/^[A-Za-z0-9_-]{43}$/, 'it has the form of one: that of another certificate'],
  [/^(?:[0-9a-fA-F]{2}:?){32}$/, 'it has the form of SHA-256 in hexadecimal, of another certificate'],
  [/^[A-Za-z0-9+/_-]{43}=$/, 'it has the form of SHA-256 in padded base64, of another certificate'],
  [/^(?:[A-Za-z0-9+/_-]{27}=?|(?:[0-9a-fA-F]{2}:?){20})$/, 'it has the length of SHA-1, which belongs to x5t'],
  [/^$/, 'it is empty'],
]

/** Says which mistake gives the value that was received in the place of x5t#S256. */
export async function diagnoseX5tS256(
  value: string,
  certificate: Certificate,
  crypto: CryptoProvider,
): Promise<Problem> {
  // No known form of a hash is longer.
  const bare = value.length > 400 ? value : value.trim()
  const around = bare === value ? '' : ', with white space around it'
  const found = (await findSource(bare, certificate, crypto)) ?? (await findThumbprint(bare, certificate, crypto))
  if (found !== undefined) return { code: found.code, detail: `it is ${found.detail}${around}` }
  const shape = shapes.find(([pattern]) => value.length <= 400 && pattern.test(bare))
  return { code: 'JWK_X5T_S256_MISMATCH', detail: `${shape?.[1] ?? 'it has not the form of one'}${around}` }
}

async function findSource(
  value: string,
  certificate: Certificate,
  crypto: CryptoProvider,
): Promise<Problem | undefined> {
  for (const { code, says, hash, inputs } of sources) {
    for (const input of inputs(certificate)) {
      const encoding = encodingOf(value, await crypto.digest(hash, typeof input === 'string' ? utf8(input) : input))
      if (encoding !== undefined) return { code, detail: `${says} in ${encoding}` }
    }
  }
  return undefined
}

async function findThumbprint(
  value: string,
  { publicKey }: Certificate,
  crypto: CryptoProvider,
): Promise<Problem | undefined> {
  const jwk = keyAsJwk(publicKey)
  if (jwk === undefined || value !== (await jwkThumbprint(jwk, { crypto }))) return undefined
  return { code: 'JWK_X5T_S256_THUMBPRINT', detail: 'the thumbprint of the key' }
}

function encodingOf(value: string, octets: Uint8Array): string | undefined {
  return encodings.find(({ texts }) => texts(octets).includes(value))?.says
}

/** PEM with the lines and ends that tools write. */
function pemTexts({ bytes }: Certificate): string[] {
  const texts: string[] = []
  for (const body of wrapped(encodeBase64(bytes))) {
    const pem = `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----`
    texts.push(pem, `${pem}\n`)
  }
  return texts.flatMap((text) => [text, text.replaceAll('\n', '\r\n')])
}

function base64Texts({ bytes }: Certificate): string[] {
  const texts = wrapped(encodeBase64(bytes)).flatMap((text) => [text, `${text}\n`])
  return [...texts.flatMap((text) => [text, text.replaceAll('\n', '\r\n')]), encodeBase64url(bytes)]
}

function wrapped(text: string): string[] {
  return [text, ...[64, 76].map((width) => text.replace(new RegExp(`.{${width}}(?=.)`, 'g'), '$&\n'))]
}

function hexTexts(octets: Uint8Array): string[] {
  return [...bothCases(toHex(octets)), ...bothCases(separated(octets, ':'))]
}

function separated(octets: Uint8Array, separator: string): string {
  return toHex(octets).replace(/..(?=.)/g, `$&${separator}`)
}

function bothCases(text: string): string[] {
  return [text, text.toUpperCase()]
}

function padded(text: string): string {
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=')
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Texts that a lenient decoder takes for the same octets: the last character has bits to spare. */
function unusedBits(octets: Uint8Array): string[] {
  const text = encodeBase64url(octets)
  const last = alphabet.indexOf(text.slice(-1))
  const spare = text.length % 4 === 2 ? 16 : text.length % 4 === 3 ? 4 : 1
  return Array.from({ length: spare - 1 }, (_, i) => text.slice(0, -1) + (alphabet[last + i + 1] as string))
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

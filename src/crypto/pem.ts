import { decodeBase64 } from '../core/base64.ts'
import { Psd2Error } from '../core/errors.ts'
import { type CryptoCode, cryptoError } from './codes.ts'
import { wrapSec1, writePkcs8 } from './pkcs8.ts'
import { writeSpki } from './spki.ts'

type Octets = Uint8Array<ArrayBuffer>

/** What each label holds, and how it becomes SubjectPublicKeyInfo or PKCS#8. */
const labels = /* @__PURE__ */ new Map<string, { readonly holds: 'public' | 'private'; wrap(octets: Octets): Octets }>([
  ['PUBLIC KEY', { holds: 'public', wrap: (spki) => spki }],
  ['RSA PUBLIC KEY', { holds: 'public', wrap: (pkcs1) => writeSpki({ type: 'rsa' }, pkcs1) }],
  ['PRIVATE KEY', { holds: 'private', wrap: (pkcs8) => pkcs8 }],
  ['RSA PRIVATE KEY', { holds: 'private', wrap: (pkcs1) => writePkcs8({ type: 'rsa' }, pkcs1) }],
  ['EC PRIVATE KEY', { holds: 'private', wrap: wrapSec1 }],
])

/** A text of a megabyte holds no key. */
const maximumText = 1 << 20

interface Block {
  readonly label: string
  readonly body: string
}

/** SubjectPublicKeyInfo of the one public key in a PEM text. */
export function publicKeyOfPem(text: string): Octets {
  const blocks = blocksOf(text)
  if (blocks.some(isPrivate)) throw cryptoError('KEY_PRIVATE_GIVEN')
  const fallback = blocks.some(({ label }) => label.endsWith('CERTIFICATE')) ? 'KEY_CERTIFICATE_GIVEN' : 'KEY_PEM_LABEL'
  return oneOf(blocks, 'public', fallback)
}

/** PKCS#8 of the one private key in a PEM text. Certificates and parameters beside it are passed over. */
export function privateKeyOfPem(text: string): Octets {
  const blocks = blocksOf(text)
  if (blocks.some(isEncrypted)) throw cryptoError('KEY_ENCRYPTED')
  const fallback = blocks.some(({ label }) => labels.get(label)?.holds === 'public')
    ? 'KEY_PUBLIC_GIVEN'
    : 'KEY_PEM_LABEL'
  return oneOf(blocks, 'private', fallback)
}

function isPrivate({ label }: Block): boolean {
  return label.endsWith('PRIVATE KEY')
}

/** PKCS#8, or the header lines of RFC 1421 that OpenSSL once wrote. */
function isEncrypted({ label, body }: Block): boolean {
  return (
    label === 'ENCRYPTED PRIVATE KEY' || (label.endsWith('PRIVATE KEY') && /Proc-Type:[ \t]*4,ENCRYPTED/.test(body))
  )
}

function oneOf(blocks: readonly Block[], holds: 'public' | 'private', fallback: CryptoCode): Octets {
  const found = blocks.filter(({ label }) => labels.get(label)?.holds === holds)
  const [block] = found
  if (block === undefined) throw cryptoError(fallback)
  if (found.length > 1) throw cryptoError('KEY_PEM_SEVERAL', '', `${found.length} keys`)
  return (labels.get(block.label) as { wrap(octets: Octets): Octets }).wrap(decodeBody(block))
}

function decodeBody({ label, body }: Block): Octets {
  try {
    return decodeBase64(body.replace(/[ \t]*\r?\n|[ \t]+$/g, ''))
  } catch (error) {
    if (!(error instanceof Psd2Error)) throw error
    throw cryptoError('KEY_PEM', label, error.code)
  }
}

/** Every block of the text. Each is looked at once: one without its END line ends the reading with an error. */
function blocksOf(text: string): Block[] {
  if (text.length > maximumText) throw cryptoError('KEY_PEM', '', `${text.length} characters`)
  const blocks: Block[] = []
  const begin = /-----BEGIN ([A-Z0-9 ]{1,64})-----/g
  for (let match = begin.exec(text); match !== null; match = begin.exec(text)) {
    const label = match[1] as string
    const endLine = `-----END ${label}-----`
    const end = text.indexOf(endLine, begin.lastIndex)
    if (end < 0) throw cryptoError('KEY_PEM', label, 'no END line')
    blocks.push({ label, body: text.slice(begin.lastIndex, end) })
    begin.lastIndex = end + endLine.length
  }
  if (blocks.length === 0) throw cryptoError('KEY_PEM', '', 'no block')
  return blocks
}

import { type CodeInfo, citationOf } from '../../core/codes.ts'
import { Psd2Error } from '../../core/errors.ts'

const xml = table('XML 1.0')
const names = table('Namespaces in XML 1.0')
const list = table('ETSI TS 119 612')
const signature = table('XML Signature 1.1')
const xades = table('ETSI EN 319 132-1')
const store = table('psd2-toolkit docs/trusted-lists.md')

/** Everything for which a trusted list, its signature or a saved store of lists is refused. */
export const trustListCodes = {
  // The text
  XML_NOT_XML: xml('2.1', 'this is no XML', 'give the list itself: the XML file that the pointer names'),
  XML_ENCODING: xml('4.3.3', 'the text is not UTF-8', 'fetch the list again, and do not convert it'),
  XML_TRUNCATED: xml(
    '2.1',
    'the text ends before its root element does',
    'fetch the list again: the download broke off',
  ),
  XML_DOCTYPE: xml('2.8', 'the text has a document type declaration', 'a trusted list has none: do not use this file'),
  XML_ENTITY: xml('4.1', 'the text refers to an entity that is not predefined', 'do not use this file'),
  XML_INSTRUCTION: xml('2.6', 'the text has a processing instruction', 'a trusted list has none: do not use this file'),
  XML_COMMENT_IN_VALUE: xml(
    '2.5',
    'a comment stands inside of a value, which readers take for two values or for one',
    'do not use this file',
  ),
  XML_SYNTAX: xml('2.1', 'the text is not well-formed', 'fetch the list again'),
  XML_CHARACTER: xml('2.2', 'the text has a character that XML does not allow', 'fetch the list again'),
  XML_ATTRIBUTE_TWICE: xml('3.1', 'an attribute occurs twice', 'do not use this file'),
  XML_PREFIX: names('5', 'a prefix is not declared', 'do not use this file'),
  LIMIT_LIST_SIZE: list('5.1', 'the file is larger than allowed', 'raise the limit, where the file is really a list'),
  LIMIT_LIST_DEPTH: list('5.1', 'elements are nested deeper than allowed', 'do not use this file'),
  LIMIT_LIST_ELEMENTS: list(
    '5.1',
    'there are more elements than allowed',
    'raise the limit, where the file is really a list',
  ),
  LIMIT_LIST_CHILDREN: list(
    '5.1',
    'an element has more children than allowed',
    'raise the limit, where the file is really a list',
  ),
  LIMIT_LIST_ATTRIBUTES: list('5.1', 'an element has more attributes than allowed', 'do not use this file'),
  LIMIT_LIST_SIGNERS: list('5.3.13', 'there are more signer certificates than allowed', 'do not use this file'),

  // The signature
  TSL_ROOT: list('5.2', 'the root is no TrustServiceStatusList', 'give a trusted list'),
  TSL_SIGNATURE_MISSING: list('5.7.1', 'the list is not signed', 'use the list that the scheme operator publishes'),
  TSL_SIGNATURE_TWICE: list(
    '5.7.1',
    'there is more than one signature',
    'a list has one, in its root: do not use this file',
  ),
  TSL_SIGNATURE_PLACE: list('5.7.1', 'the signature is not a child of the root', 'do not use this file'),
  TSL_SIGNATURE_SHAPE: signature(
    '4',
    'a part of the signature is missing, occurs twice, or stands where it does not belong',
    'do not use this file',
  ),
  TSL_SIGNATURE_ALGORITHM: list(
    '5.7.1',
    'the signature is by an algorithm that is not accepted',
    'RSA or ECDSA with SHA-256, SHA-384 or SHA-512 are: ask the scheme operator',
  ),
  TSL_CANONICALIZATION: list('5.7.1', 'SignedInfo is not canonicalised by exclusive C14N', 'do not use this file'),
  TSL_DIGEST_ALGORITHM: list(
    '5.7.1',
    'a digest of the signature is not SHA-256, SHA-384 or SHA-512',
    'ask the scheme operator for a list that is',
  ),
  TSL_REFERENCES: list(
    '5.7.1',
    'the signature does not refer to the whole list and to its own signed properties, and to nothing else',
    'do not use this file',
  ),
  TSL_TRANSFORMS: list(
    '5.7.1',
    'the transforms are not enveloped signature and exclusive C14N',
    'do not use this file',
  ),
  TSL_KEY_INFO: list('5.7.1', 'the signature does not come with the certificate of its signer', 'do not use this file'),
  TSL_SIGNER_UNKNOWN: list(
    '5.3.13',
    'the signer is none of those who may sign this list',
    'take the signers from the list of lists that points here today, and for that one from its Official Journal notice',
  ),
  TSL_SIGNER_KEY: list(
    '5.7.1',
    'the key of the signer is too weak, of another kind, or not for the algorithm',
    'ask the scheme operator',
  ),
  TSL_DIGEST_MISMATCH: signature('3.2.1', 'the list was changed after it was signed', 'fetch the list again'),
  TSL_SIGNATURE_INVALID: signature('3.2.2', 'the signature does not verify', 'fetch the list again'),
  TSL_SIGNED_PROPERTIES: xades('5.2', 'the signed properties are not those of XAdES', 'do not use this file'),
  TSL_SIGNING_CERTIFICATE: xades(
    '5.2.2',
    'the signed properties name another certificate than that of the signer',
    'do not use this file',
  ),

  // What the list says
  TSL_VERSION: list('5.3.1', 'the version is neither 5 nor 6', 'use the list that is in force'),
  TSL_TYPE: list(
    '5.3.3',
    'the list is of another type than was asked for',
    'give an EU national list, or as list of lists the one of the EU',
  ),
  TSL_TERRITORY: list(
    '5.3.10',
    'the territory is none of the table',
    'Greece is EL and the United Kingdom UK in trusted lists',
  ),
  TSL_TERRITORY_DIFFERS: list(
    '5.3.10',
    'the list is of another territory than its pointer says',
    'give the list of that territory',
  ),
  TSL_FIELD_MISSING: list('5', 'an element that must be there is missing', 'ask the scheme operator'),
  TSL_FIELD_TWICE: list(
    '5',
    'an element occurs twice, and readers differ in which one they take',
    'do not use this file',
  ),
  TSL_FIELD_VALUE: list('5', 'the value of an element is not of its type', 'ask the scheme operator'),
  TSL_STALE: list('5.3.15', 'the next update of the list was due before', 'fetch the list that is in force today'),
  TSL_CLOSED: list(
    '5.3.15',
    'the list is closed: there will be no next update',
    'see whether another list took its place',
  ),
  TSL_SEQUENCE_LOWER: list(
    '5.3.2',
    'the list is older than the one already known',
    'somebody replays an old list, or the file is an old copy: fetch it again',
  ),
  TSL_TERRITORY_TWICE: list('5.3.10', 'two lists are of one territory', 'give one list of each'),
  TSL_CERTIFICATE: list('5.5.3', 'a certificate of the list cannot be read', 'ask the scheme operator'),
  TSL_SERVICE_WITHOUT_KEY: list(
    '5.5.3',
    'a service has no certificate, so that nothing can be matched to it',
    'ask the scheme operator',
  ),

  // Lists of lists
  TSL_POINTER_MISSING: list(
    '5.3.13',
    'the list of lists has no pointer to a list of this territory',
    'give the list of lists that is in force',
  ),
  TSL_POINTER_LOCATION: list(
    '5.3.13',
    'the address of a list is not https with the name of a public host',
    'fetch it by other means and give the file: its signature is what counts',
  ),
  TSL_PIVOT_ORDER: list(
    '5.3.13',
    'a pivot is not older than what follows it',
    'give the pivots of this list of lists, each once',
  ),
  TSL_NOTICE_DIFFERS: list(
    '5.3.7',
    'the list of lists goes back to another notice in the Official Journal than the anchors',
    'take the certificates from the new notice, which begins a new chain',
  ),

  // Fetching
  TSL_FETCH: list('5.3.13', 'a list cannot be fetched', 'try again, or fetch it by other means and give the file'),

  // The saved store
  TSL_STORE_FORM: store(
    'the file',
    'this is no saved store of trusted lists',
    'give the file that psd2 trust list --store wrote',
  ),
  TSL_STORE_VERSION: store('the file', 'the store is of another version', 'import the lists again'),
  TSL_STORE_TRUNCATED: store('the file', 'the store is cut off', 'copy it again, or import the lists again'),
  TSL_STORE_DAMAGED: store('the file', 'the store was changed after it was saved', 'import the lists again'),
  TSL_STORE_CONTENT: store('the file', 'the store has a record that cannot be read', 'import the lists again'),
} as const satisfies Readonly<Record<string, CodeInfo>>

export type TrustListCode = keyof typeof trustListCodes

function table(document: string) {
  return (clause: string, says: string, mend: string): CodeInfo => ({
    leniency: 'refuse',
    document,
    clause,
    says,
    mend,
  })
}

/** What an error of this room can say besides its code. */
interface Met {
  /** What was met. Text of a list is untrusted: whoever prints it escapes it. */
  readonly detail?: string | undefined
  readonly path?: string | undefined
  readonly offset?: number | undefined
  readonly cause?: unknown
}

/** The error for a code. */
export function listError(code: TrustListCode, { detail, path, offset, cause }: Met = {}): Psd2Error {
  const entry = trustListCodes[code]
  const { says, mend } = entry
  const met = detail === undefined || detail === '' ? '' : ` (${shorten(detail)})`
  const where = path === undefined || path === '' ? '' : `, at ${path}`
  return new Psd2Error(code, `${says}${met}${where}`, { path, offset, citation: citationOf(entry), mend, cause })
}

function shorten(text: string): string {
  return text.length <= 200 ? text : `${text.slice(0, 200)}...`
}

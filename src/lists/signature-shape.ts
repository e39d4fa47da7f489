import { listError } from '../trust/lists/codes.ts'
import { allOf, attributeOf, type Place, required, textOf } from '../trust/lists/element.ts'
import { namespaces } from '../trust/lists/namespaces.ts'
import type { XmlElement } from '../trust/lists/xml.ts'
import { digestMethods, envelopedSignature, exclusiveC14n, signatureMethods } from './algorithms.ts'

/** What the one signature of a list says of itself, before anything is verified. */
export interface SignatureShape {
  /** URI. */
  readonly algorithm: string
  /** Id of the signed properties, without `#`. */
  readonly propertiesId: string
  /** Certificates of KeyInfo, base64 without white space. */
  readonly certificates: readonly string[]
}

const { xmldsig, xades } = namespaces
const propertiesType = 'http://uri.etsi.org/01903#SignedProperties'
const listTransforms = [envelopedSignature, exclusiveC14n]
const propertiesTransforms = [exclusiveC14n]

/**
 * The signature of a list, looked at before a library verifies it: there is exactly one, in the root, and each of its parts
 * is there once, so that no two readers can mean different ones. The algorithms are of the closed tables.
 */
export function shapeOf(root: XmlElement): SignatureShape {
  if (root.name !== 'TrustServiceStatusList' || root.namespace !== namespaces.tsl) {
    throw listError('TSL_ROOT', { detail: root.name, offset: root.offset })
  }
  const signature = theSignature(root)
  const count = countNames(signature.element)
  for (const name of ['SignedInfo', 'SignatureValue', 'KeyInfo', 'CanonicalizationMethod', 'SignatureMethod']) {
    if (count.get(name) !== 1) throw misshapen(signature, count.has(name) ? `${name} twice` : `no ${name}`)
  }
  const info = required(signature, 'SignedInfo', xmldsig)
  required(signature, 'SignatureValue', xmldsig)
  const canonicalization = required(info, 'CanonicalizationMethod', xmldsig)
  if (attributeOf(canonicalization, 'Algorithm') !== exclusiveC14n || canonicalization.element.children.length > 0) {
    throw listError('TSL_CANONICALIZATION', { detail: attributeOf(canonicalization, 'Algorithm') })
  }
  const algorithm = attributeOf(required(info, 'SignatureMethod', xmldsig), 'Algorithm') ?? ''
  if (!signatureMethods.has(algorithm)) throw listError('TSL_SIGNATURE_ALGORITHM', { detail: algorithm })
  const propertiesId = readReferences(info)
  requireProperties(root, signature, propertiesId)
  const data = allOf(required(signature, 'KeyInfo', xmldsig), 'X509Data', xmldsig)
  const certificates = data.flatMap((item) => allOf(item, 'X509Certificate', xmldsig))
  if (certificates.length === 0) throw listError('TSL_KEY_INFO', { path: signature.path })
  if (certificates.length > 10) throw listError('LIMIT_LIST_SIGNERS', { path: signature.path })
  return { algorithm, propertiesId, certificates: certificates.map((one) => textOf(one).replace(/\s+/g, '')) }
}

/** An element and everything below it, in no order. A list of children can be longer than a call takes arguments. */
function* elementsOf(top: XmlElement): Generator<XmlElement> {
  const open = [top]
  for (let element = open.pop(); element !== undefined; element = open.pop()) {
    yield element
    for (const child of element.children) open.push(child)
  }
}

/** The one Signature of the document, which is a child of its root. One in another namespace is none, and is refused too. */
function theSignature(root: XmlElement): Place {
  const found: XmlElement[] = []
  for (const element of elementsOf(root)) if (element.name === 'Signature') found.push(element)
  const [only, second] = found
  if (only === undefined) throw listError('TSL_SIGNATURE_MISSING')
  if (second !== undefined) throw listError('TSL_SIGNATURE_TWICE', { detail: `${found.length}` })
  if (only.namespace !== xmldsig || !root.children.includes(only)) {
    throw listError('TSL_SIGNATURE_PLACE', { offset: only.offset })
  }
  return { element: only, path: 'Signature' }
}

/** How often each local name occurs in an element, in whatever namespace. */
function countNames(top: XmlElement): Map<string, number> {
  const count = new Map<string, number>()
  for (const { name } of elementsOf(top)) count.set(name, (count.get(name) ?? 0) + 1)
  return count
}

/** Two references: the list, and the properties of the signature. Gives the Id of the latter. */
function readReferences(info: Place): string {
  const references = allOf(info, 'Reference', xmldsig)
  const [first, second] = references
  if (first === undefined || second === undefined || references.length !== 2) {
    throw listError('TSL_REFERENCES', { detail: `${references.length} references` })
  }
  const [list, properties] = attributeOf(first, 'URI') === '' ? [first, second] : [second, first]
  const uri = attributeOf(properties, 'URI') ?? ''
  if (attributeOf(list, 'URI') !== '' || !/^#[\p{L}_][\p{L}\p{N}._-]*$/u.test(uri)) {
    throw listError('TSL_REFERENCES', { detail: 'the URI of a reference' })
  }
  if (attributeOf(properties, 'Type') !== propertiesType) {
    throw listError('TSL_REFERENCES', { detail: 'no reference to SignedProperties' })
  }
  requireReference(list, listTransforms)
  requireReference(properties, propertiesTransforms)
  return uri.slice(1)
}

function requireReference(reference: Place, wanted: readonly string[]): void {
  const transforms = allOf(required(reference, 'Transforms', xmldsig), 'Transform', xmldsig)
  const met = transforms.map((transform) => attributeOf(transform, 'Algorithm') ?? '')
  const isWanted = met.length === wanted.length && met.every((uri, index) => uri === wanted[index])
  if (!isWanted || transforms.some(({ element }) => element.children.length > 0)) {
    throw listError('TSL_TRANSFORMS', { detail: met.join(', '), path: reference.path })
  }
  const digest = attributeOf(required(reference, 'DigestMethod', xmldsig), 'Algorithm') ?? ''
  if (!digestMethods.has(digest)) throw listError('TSL_DIGEST_ALGORITHM', { detail: digest, path: reference.path })
  textOf(required(reference, 'DigestValue', xmldsig))
}

/** The properties stand in the signature, and no other element of the document has their Id. */
function requireProperties(root: XmlElement, signature: Place, id: string): void {
  const inSignature = allOf(signature, 'Object', xmldsig)
    .flatMap((object) => allOf(object, 'QualifyingProperties', xades))
    .flatMap((qualifying) => allOf(qualifying, 'SignedProperties', xades))
    .map(({ element }) => element)
  const named: XmlElement[] = []
  for (const element of elementsOf(root)) {
    if (element.attributes.some(({ name, value }) => name.toLowerCase() === 'id' && value === id)) named.push(element)
  }
  const [properties] = named
  if (properties === undefined || named.length !== 1 || inSignature.length !== 1 || inSignature[0] !== properties) {
    throw listError('TSL_REFERENCES', { detail: 'the signed properties are not in the signature, or not alone' })
  }
}

function misshapen({ element, path }: Place, detail: string): Error {
  return listError('TSL_SIGNATURE_SHAPE', { detail, path, offset: element.offset })
}

import { decodeBase64 } from '../../core/base64.ts'
import { Psd2Error } from '../../core/errors.ts'
import { parseCertificate } from '../../x509/index.ts'
import { listError } from './codes.ts'
import {
  allOf,
  countOf,
  languageOf,
  momentOf,
  multilingual,
  optional,
  type Place,
  required,
  textOf,
} from './element.ts'
import type { ListedService, ListPointer, ListRemark, ServiceKey, ServiceStatus, TrustedList } from './model.ts'
import { namespaces } from './namespaces.ts'
import { readExtensions } from './read-extensions.ts'
import { isTerritory } from './territories.ts'
import type { XmlElement } from './xml.ts'

const typePrefix = 'http://uri.etsi.org/TrstSvc/TrustedList/TSLType/'
const servicePrefix = 'http://uri.etsi.org/TrstSvc/Svctype/'
const statusPrefixes = [
  'http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/',
  'http://uri.etsi.org/TrstSvc/eSigDir-1999-93-EC-TrustedList/Svcstatus/',
]
const listMimeType = 'application/vnd.etsi.tsl+xml'

/** Certificates that a pointer or a service may have. The most that published lists have is 24. */
const certificateCap = 100

/**
 * What a list says (TS 119 612 clause 5), from the root that was signed. Reading follows the schema from the root down: an
 * element of a right name in another place is not seen, and one that occurs twice is refused.
 */
export function readList(root: XmlElement): TrustedList {
  if (root.name !== 'TrustServiceStatusList' || root.namespace !== namespaces.tsl) {
    throw listError('TSL_ROOT', { detail: root.name, offset: root.offset })
  }
  const whole: Place = { element: root, path: '' }
  const remarks: ListRemark[] = []
  const scheme = required(whole, 'SchemeInformation')
  const version = readVersion(scheme)
  const providers = optional(whole, 'TrustServiceProviderList')
  return {
    territory: readTerritory(scheme),
    type: withoutPrefix(textOf(required(scheme, 'TSLType')), [typePrefix]),
    version,
    sequenceNumber: countOf(required(scheme, 'TSLSequenceNumber')),
    operator: multilingual(required(scheme, 'SchemeOperatorName'), 'Name'),
    issued: momentOf(required(scheme, 'ListIssueDateTime')),
    nextUpdate: readNextUpdate(scheme),
    informationUris: readInformationUris(scheme),
    pointers: readPointers(scheme),
    services: providers === undefined ? [] : readProviders(providers, remarks),
    remarks,
  }
}

function readTerritory(scheme: Place): string {
  const place = required(scheme, 'SchemeTerritory')
  const territory = textOf(place)
  if (territory !== 'EU' && !isTerritory(territory)) {
    throw listError('TSL_TERRITORY', { detail: territory, path: place.path, offset: place.element.offset })
  }
  return territory
}

function readVersion(scheme: Place): 5 | 6 {
  const place = required(scheme, 'TSLVersionIdentifier')
  const version = countOf(place)
  if (version !== 5 && version !== 6) {
    throw listError('TSL_VERSION', { detail: String(version), path: place.path, offset: place.element.offset })
  }
  return version
}

/** An empty NextUpdate says that the list is closed (TS 119 612 5.3.15). */
function readNextUpdate(scheme: Place): Date | undefined {
  const moment = optional(required(scheme, 'NextUpdate'), 'dateTime')
  return moment === undefined ? undefined : momentOf(moment)
}

/** The English ones; a list of lists has its pivots and its notice here. */
export function readInformationUris(scheme: Place): string[] {
  const uris = allOf(required(scheme, 'SchemeInformationURI'), 'URI')
  return uris.filter((uri) => languageOf(uri) === 'en').map(textOf)
}

function readPointers(scheme: Place): ListPointer[] {
  const pointers = optional(scheme, 'PointersToOtherTSL')
  if (pointers === undefined) return []
  return allOf(pointers, 'OtherTSLPointer').flatMap((pointer) => readPointer(pointer) ?? [])
}

/** Undefined for a pointer to a list for people. */
function readPointer(pointer: Place): ListPointer | undefined {
  const information = allOf(required(pointer, 'AdditionalInformation'), 'OtherInformation')
  const said = (name: string, namespace: string) =>
    information.flatMap((item) => allOf(item, name, namespace)).map(textOf)[0]
  const mimeType = said('MimeType', namespaces.types)
  if (mimeType !== undefined && mimeType !== listMimeType) return undefined
  const identities = optional(pointer, 'ServiceDigitalIdentities')
  const signers = (identities === undefined ? [] : allOf(identities, 'ServiceDigitalIdentity')).flatMap(certificatesOf)
  if (signers.length > certificateCap) throw listError('LIMIT_LIST_SIGNERS', { path: pointer.path })
  return {
    territory: said('SchemeTerritory', namespaces.tsl) ?? '',
    location: textOf(required(pointer, 'TSLLocation')),
    type: withoutPrefix(said('TSLType', namespaces.tsl) ?? '', [typePrefix]),
    signers: signers.flatMap(({ text }) => decoded(text) ?? []),
  }
}

function readProviders(providers: Place, remarks: ListRemark[]): ListedService[] {
  return allOf(providers, 'TrustServiceProvider').flatMap((provider) => {
    const name = multilingual(required(required(provider, 'TSPInformation'), 'TSPName'), 'Name')
    const services = allOf(required(provider, 'TSPServices'), 'TSPService')
    return services.map((service) => readService(service, name, remarks))
  })
}

function readService(service: Place, provider: string, remarks: ListRemark[]): ListedService {
  const current = required(service, 'ServiceInformation')
  const history = optional(service, 'ServiceHistory')
  const earlier = history === undefined ? [] : allOf(history, 'ServiceHistoryInstance')
  const keys = readKeys(required(current, 'ServiceDigitalIdentity'), remarks)
  const name = multilingual(required(current, 'ServiceName'), 'Name')
  const statuses = [current, ...earlier].map(readStatus)
  if (keys.length === 0 && statuses[0]?.type === 'CA/QC') remark(remarks, 'TSL_SERVICE_WITHOUT_KEY', service.path, name)
  // The sort is stable: of two that begin at one instant the one that the list has first counts.
  return { provider, name, statuses: statuses.sort((a, b) => b.from.getTime() - a.from.getTime()), keys }
}

function readStatus(entry: Place): ServiceStatus {
  return {
    from: momentOf(required(entry, 'StatusStartingTime')),
    status: withoutPrefix(textOf(required(entry, 'ServiceStatus')), statusPrefixes),
    type: withoutPrefix(textOf(required(entry, 'ServiceTypeIdentifier')), [servicePrefix]),
    ...readExtensions(optional(entry, 'ServiceInformationExtensions')),
  }
}

/** A certificate as the list has it, in base64. */
interface CertificateText {
  readonly text: string
  readonly path: string
}

function certificatesOf(identity: Place): CertificateText[] {
  return allOf(identity, 'DigitalId')
    .flatMap((id) => allOf(id, 'X509Certificate'))
    .map((place) => ({ text: textOf(place).replace(/\s+/g, ''), path: place.path }))
}

/** The distinct keys of a service. A renewed certificate of the same key is the same key. */
function readKeys(identity: Place, remarks: ListRemark[]): ServiceKey[] {
  const keys = new Map<string, ServiceKey>()
  const certificates = certificatesOf(identity)
  if (certificates.length > certificateCap) throw listError('LIMIT_LIST_SIGNERS', { path: identity.path })
  for (const { text, path } of certificates) {
    const bytes = decoded(text)
    try {
      if (bytes === undefined) throw listError('TSL_CERTIFICATE', { path, detail: 'it is not base64' })
      const certificate = parseCertificate(bytes, { mode: 'tolerant' })
      const keyIdentifier = certificate.extension('subjectKeyIdentifier')?.decoded?.value
      const { publicKey, subject } = certificate
      if (!keys.has(publicKey.hex))
        keys.set(publicKey.hex, { spki: publicKey.value, subject: subject.value, keyIdentifier })
    } catch (error) {
      if (!(error instanceof Psd2Error)) throw error
      remark(remarks, 'TSL_CERTIFICATE', path, error.code)
    }
  }
  return [...keys.values()]
}

function decoded(text: string): Uint8Array | undefined {
  try {
    return decodeBase64(text)
  } catch {
    return undefined
  }
}

function remark(
  remarks: ListRemark[],
  code: 'TSL_CERTIFICATE' | 'TSL_SERVICE_WITHOUT_KEY',
  path: string,
  detail: string,
) {
  remarks.push({ code, path, message: listError(code, { detail, path }).message })
}

function withoutPrefix(uri: string, prefixes: readonly string[]): string {
  const prefix = prefixes.find((candidate) => uri.startsWith(candidate))
  return prefix === undefined ? uri : uri.slice(prefix.length)
}

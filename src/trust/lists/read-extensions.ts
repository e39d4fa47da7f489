import { type KeyUsageName, keyUsageNames } from '../../x509/index.ts'
import { listError } from './codes.ts'
import type { Criteria, Criterion } from './criteria.ts'
import { allOf, attributeOf, optional, type Place, required, textOf } from './element.ts'
import type { Qualification, ServiceStatus, ServiceUse } from './model.ts'
import { namespaces } from './namespaces.ts'

const extensionPrefix = 'http://uri.etsi.org/TrstSvc/TrustedList/SvcInfoExt/'

const usesByUri: Readonly<Record<string, ServiceUse | undefined>> = Object.freeze({
  __proto__: null as never,
  [`${extensionPrefix}ForWebSiteAuthentication`]: 'web',
  [`${extensionPrefix}ForeSeals`]: 'eseal',
  [`${extensionPrefix}ForeSignatures`]: 'esign',
})

type Extensions = Pick<ServiceStatus, 'uses' | 'qualifications' | 'notUnderstood' | 'takenOver'>

/** ServiceInformationExtensions (TS 119 612 5.5.9). */
export function readExtensions(extensions: Place | undefined): Extensions {
  const uses = new Set<ServiceUse>()
  const qualifications: Qualification[] = []
  const notUnderstood: string[] = []
  let takenOver = false
  for (const extension of extensions === undefined ? [] : allOf(extensions, 'Extension')) {
    for (const { name, namespace } of extension.element.children) {
      if (name === 'AdditionalServiceInformation' && namespace === namespaces.tsl) {
        for (const information of allOf(extension, name)) {
          const use = usesByUri[textOf(required(information, 'URI'))]
          if (use !== undefined) uses.add(use)
        }
      } else if (name === 'Qualifications' && namespace === namespaces.qualifications) {
        qualifications.push(...readQualifications(required(extension, name, namespace)))
      } else if (name === 'TakenOverBy') takenOver = true
      else if (name !== 'ExpiredCertsRevocationInfo' && isCritical(extension)) notUnderstood.push(name)
    }
  }
  return { uses: [...uses], qualifications, notUnderstood, takenOver }
}

/** xs:boolean. The attribute must be there; where it is not, the extension counts as critical. */
function isCritical(extension: Place): boolean {
  const critical = attributeOf(extension, 'Critical')?.trim()
  return critical !== 'false' && critical !== '0'
}

/** Qualifications (TS 119 612 5.5.9.2). */
function readQualifications(qualifications: Place): Qualification[] {
  return allOf(qualifications, 'QualificationElement', namespaces.qualifications).map((element) => ({
    qualifiers: allOf(
      required(element, 'Qualifiers', namespaces.qualifications),
      'Qualifier',
      namespaces.qualifications,
    )
      .map((qualifier) => attributeOf(qualifier, 'uri')?.trim() ?? '')
      .map((uri) => (uri.startsWith(extensionPrefix) ? uri.slice(extensionPrefix.length) : uri)),
    criteria: readCriteria(required(element, 'CriteriaList', namespaces.qualifications)),
  }))
}

const asserts: readonly string[] = ['all', 'atLeastOne', 'none'] satisfies Criteria['assert'][]

function readCriteria(list: Place): Criteria {
  const assert = attributeOf(list, 'assert') ?? 'all'
  if (!asserts.includes(assert)) {
    throw listError('TSL_FIELD_VALUE', { path: list.path, offset: list.element.offset, detail: 'assert' })
  }
  const of = list.element.children.flatMap((element, index) =>
    readCriterion({ element, path: `${list.path}[${index}]` }),
  )
  return { assert: assert as Criteria['assert'], of }
}

type CriterionReader = (place: Place) => Criterion | readonly Criterion[]

/** By namespace and name. What is not here is an unknown criterion, which leaves open whom the qualification is for. */
const criterionReaders: ReadonlyMap<string, CriterionReader> = new Map<string, CriterionReader>([
  [`${namespaces.qualifications}KeyUsage`, readKeyUsage],
  [
    `${namespaces.qualifications}PolicySet`,
    (set) => oids('policies', allOf(set, 'PolicyIdentifier', namespaces.qualifications)),
  ],
  [`${namespaces.qualifications}CriteriaList`, (list) => ({ kind: 'criteria', criteria: readCriteria(list) })],
  [`${namespaces.qualifications}Description`, () => []],
  [
    `${namespaces.qualifications}otherCriteriaList`,
    ({ element, path }) =>
      element.children.flatMap((child, index) => readCriterion({ element: child, path: `${path}[${index}]` })),
  ],
  [`${namespaces.types}ExtendedKeyUsage`, (usage) => oids('purposes', allOf(usage, 'KeyPurposeId', namespaces.types))],
  [
    `${namespaces.types}CertSubjectDNAttribute`,
    (subject) => oids('subject', allOf(subject, 'AttributeOID', namespaces.types)),
  ],
])

function readCriterion(place: Place): Criterion | readonly Criterion[] {
  const { name, namespace } = place.element
  const read = criterionReaders.get(namespace + name)
  return read === undefined ? { kind: 'unknown', name } : read(place)
}

function readKeyUsage(usage: Place): Criterion {
  const bits: (readonly [KeyUsageName, boolean])[] = []
  for (const bit of allOf(usage, 'KeyUsageBit', namespaces.qualifications)) {
    const written = attributeOf(bit, 'name') ?? ''
    const name = keyUsageNames.find((candidate) => candidate.toLowerCase() === written.toLowerCase())
    const value = textOf(bit)
    const set = value === 'true' || value === '1'
    if (name === undefined || (!set && value !== 'false' && value !== '0'))
      return { kind: 'unknown', name: 'KeyUsageBit' }
    bits.push([name, set])
  }
  return { kind: 'keyUsage', bits }
}

/** Object identifiers, dotted or as `urn:oid:`. */
function oids(kind: 'policies' | 'purposes' | 'subject', places: readonly Place[]): Criterion {
  const found: string[] = []
  for (const place of places) {
    const identifier = optional(place, 'Identifier', namespaces.xades)
    const oid = identifier === undefined ? '' : textOf(identifier).replace(/^urn:oid:/i, '')
    if (!/^[0-2](?:\.\d+)+$/.test(oid)) return { kind: 'unknown', name: kind }
    found.push(oid)
  }
  return { kind, oids: found }
}

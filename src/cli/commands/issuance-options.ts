import { InvalidArgumentError, Option } from 'commander'
import { given } from '../../core/given.ts'
import {
  type KeyAlgorithm,
  keyAlgorithmNames,
  type LeafKind,
  type SignatureAlgorithm,
  signatureAlgorithmNames,
} from '../../issuance/index.ts'

/** Options that the commands which issue and request certificates share. */

/** Where a command's data goes. */
export type WriteOut = (text: string) => void

/** What both commands say about the PSP. */
export interface PspValues {
  readonly organizationIdentifier?: string
  readonly organizationName?: string
  readonly country?: string
  readonly commonName?: string
  readonly roles?: string[]
  readonly ncaName?: string
  readonly ncaId?: string
  readonly dns?: string[]
  readonly keyAlgorithm?: KeyAlgorithm
  readonly signatureAlgorithm?: SignatureAlgorithm
}

export const kinds: Readonly<Record<string, LeafKind>> = { qwac: 'QWAC', qsealc: 'QSealC' }

/** Parser of a comma-separated list that may also be repeated. */
export function parseList(value: string, before: string[] = []): string[] {
  const items = value.split(',').map((item) => item.trim())
  if (items.includes('')) throw new InvalidArgumentError('an item of the list is empty')
  return [...before, ...items]
}

const isoMoment = /^\d{4}-(?:0[1-9]|1[0-2])-(\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/

/** Parser of an ISO 8601 date, midnight UTC, or of a date with time and zone. */
export function parseMoment(value: string): Date {
  const moment = new Date(value)
  const midnight = new Date(value.slice(0, 10))
  const day = Number(isoMoment.exec(value)?.[1])
  // A day that its month lacks would move into the next month.
  if (Number.isNaN(moment.getTime()) || midnight.getUTCDate() !== day) {
    throw new InvalidArgumentError('write it as 2026-01-31 or 2026-01-31T12:00:00Z')
  }
  return moment
}

/** The options that {@link PspValues} come from. */
export function pspOptions(): Option[] {
  return [
    new Option('--organization-identifier <value>', 'organizationIdentifier, such as PSDFR-ACPR-12345'),
    new Option('--organization-name <name>', 'legal name of the PSP'),
    new Option('--country <code>', 'countryName of the subject'),
    new Option('--common-name <name>', 'commonName of the subject'),
    new Option('--roles <names>', 'roles, such as PSP_AI,PSP_PI').argParser(parseList),
    new Option('--nca-name <name>', 'name of the competent authority'),
    new Option('--nca-id <id>', 'identifier of the competent authority, such as FR-ACPR'),
    new Option('--dns <names>', 'host names for subjectAltName').argParser(parseList),
    new Option('--key-algorithm <name>', 'algorithm of a new key').choices(keyAlgorithmNames),
    new Option('--signature-algorithm <name>', 'what the signing key signs with').choices(signatureAlgorithmNames),
  ]
}

/** The values under the names that the library has for them. Role names it checks itself. */
export function pspProfile(values: PspValues, kind: LeafKind): Record<string, unknown> {
  const { organizationIdentifier, organizationName, country, commonName, roles, ncaName, ncaId, dns } = values
  return given({
    organizationIdentifier,
    organizationName,
    countryName: country,
    commonName,
    roles,
    ncaName,
    ncaId,
    dnsNames: kind === 'QWAC' ? dns : undefined,
  })
}

/** A seal has no host names; only together with a QWAC can they be meant. Throws `TypeError`. */
export function refuseDnsForSeal(kind: string, dns: readonly string[] | undefined): void {
  if (kind === 'qsealc' && dns !== undefined) throw new TypeError('--dns is for a QWAC: a QSealC has no host names')
}

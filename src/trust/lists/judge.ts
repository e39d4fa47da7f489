import type { Certificate } from '../../x509/index.ts'
import { matchCriteria } from './criteria.ts'
import type { ServiceStatus, ServiceUse } from './model.ts'
import type { StoredService } from './store-json.ts'

/** Why a service does not stand behind a certificate. */
export type NotGrantedReason =
  /** The service is of another type than CA/QC: a CA for other certificates, a time stamp authority. */
  | 'other-type'
  /** The first status of the service begins later. */
  | 'before-start'
  /** The status at that instant is not `granted`. */
  | 'withdrawn'
  /** Granted, but not for this use. */
  | 'other-use'
  /** A qualifier of the list excludes the certificate, or one that might could not be judged. */
  | 'qualifier'
  /** The entry has a critical extension that is not understood. */
  | 'not-understood'
  /** Another service of the same key is for this use too, and is not granted. */
  | 'conflict'

/** What one service says of one use at one instant. */
export interface ServiceJudgement {
  readonly service: StoredService
  /** The status that held; undefined before the first. */
  readonly status: ServiceStatus | undefined
  /** Undefined where it is granted. */
  readonly reason: NotGrantedReason | undefined
  /** Qualifiers that the list gives to the certificate. Empty where no certificate was asked about. */
  readonly qualifiers: readonly string[]
}

export const issuingType = 'CA/QC'

/** Qualifiers that say what a certificate is for, whatever it says itself (TS 119 612 5.5.9.2.3). */
const useOfQualifier: Readonly<Record<string, ServiceUse | undefined>> = Object.freeze({
  __proto__: null as never,
  QCForWSA: 'web',
  QCForESeal: 'eseal',
  QCForESig: 'esign',
})

/** The status that held at an instant: statuses are newest first. */
function statusAt(statuses: readonly ServiceStatus[], at: Date): ServiceStatus | undefined {
  return statuses.find(({ from }) => from.getTime() <= at.getTime())
}

export function judgeService(
  service: StoredService,
  at: Date,
  use: ServiceUse,
  certificate: Certificate | undefined,
): ServiceJudgement {
  const status = statusAt(service.statuses, at)
  if (status === undefined) return { service, status, reason: 'before-start', qualifiers: [] }
  const { granted, excluded, unclear } = qualifiersFor(status, certificate)
  const judged = (reason: NotGrantedReason | undefined) => ({ service, status, reason, qualifiers: granted })
  if (status.type !== issuingType) return judged('other-type')
  if (status.status !== 'granted') return judged('withdrawn')
  if (status.notUnderstood.length > 0) return judged('not-understood')
  if (!status.uses.includes(use)) return judged('other-use')
  const named = granted.flatMap((name) => useOfQualifier[name] ?? [])
  if (excluded || unclear || (named.length > 0 && !named.includes(use))) return judged('qualifier')
  return judged(undefined)
}

interface Qualifiers {
  readonly granted: readonly string[]
  /** NotQualified is among them. */
  readonly excluded: boolean
  /** NotQualified, or another use, may apply: a criterion is not known. */
  readonly unclear: boolean
}

function qualifiersFor({ qualifications }: ServiceStatus, certificate: Certificate | undefined): Qualifiers {
  const granted = new Set<string>()
  let unclear = false
  if (certificate === undefined) return { granted: [], excluded: false, unclear }
  for (const { qualifiers, criteria } of qualifications) {
    const match = matchCriteria(criteria, certificate)
    if (match === 'yes') for (const qualifier of qualifiers) granted.add(qualifier)
    if (match === 'unclear') unclear ||= qualifiers.some((name) => name === 'NotQualified' || name in useOfQualifier)
  }
  return { granted: [...granted], excluded: granted.has('NotQualified'), unclear }
}

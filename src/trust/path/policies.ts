import type { Certificate } from '../../x509/certificate.ts'
import { type PlacedFlaw, placed } from './flaw.ts'
import type { Member } from './member.ts'
import type { PolicyDemands } from './types.ts'
import type { Work } from './work.ts'

const ANY_POLICY = '2.5.29.32.0'

/** A policy that is valid at one depth of the path. */
interface PolicyNode {
  readonly policy: string
  /** Policies of the next certificate that stand for this one. */
  expected: ReadonlySet<string>
  readonly parents: readonly PolicyNode[]
  /** Set while the graph is walked from its end. */
  live: boolean
}

/**
 * Policies as a graph with one node for each policy of a certificate (RFC 9618), which grows with what the certificates
 * say; the tree of RFC 5280 grows with its powers.
 */
type Level = Map<string, PolicyNode>

/** True where policies can change the answer: nobody else needs them followed. */
export function policiesMatter(path: readonly Member[], demands: PolicyDemands | undefined): boolean {
  if (demands !== undefined) return true
  for (const member of path) if (!member.isAnchor && member.limitsPolicies) return true
  return false
}

/** What following the policies came to. */
export interface PolicyOutcome {
  readonly flaw: PlacedFlaw | undefined
  /** Acceptable policies that hold along the path. */
  readonly policies: readonly string[]
}

/**
 * Follows the policies of a path (RFC 5280 6.1.2 to 6.1.5 as RFC 9618 has them).
 *
 * @param path - from the certificate that is validated up to the anchor
 */
export function followPolicies(path: readonly Member[], demands: PolicyDemands, work: Work): PolicyOutcome {
  const members = path.filter(
    ({ isAnchor, certificate }, index) => certificate !== undefined && (index === 0 || !isAnchor),
  )
  const last = members.length
  let level: Level | undefined = new Map([[ANY_POLICY, node(ANY_POLICY, [])]])
  let explicit = demands.explicit === true ? 0 : last + 1
  let mapping = demands.inhibitMapping === true ? 0 : last + 1
  let inhibit = demands.inhibitAny === true ? 0 : last + 1
  for (let depth = 1; depth <= last; depth++) {
    const index = last - depth
    const member = members[index] as Member
    const certificate = member.certificate as Certificate
    const anyAllowed = inhibit > 0 || (depth < last && member.selfIssued)
    level = nextLevel(level, certificate, anyAllowed, work)
    if (explicit === 0 && level === undefined) return refused(certificate, index)
    const constraints = certificate.extension('policyConstraints')?.decoded
    if (depth === last) {
      explicit = Math.max(explicit - 1, 0)
      if (constraints?.requireExplicitPolicy === 0) explicit = 0
      break
    }
    const mapped = applyMappings(level, certificate, mapping > 0, work)
    if (mapped === 'any') {
      const extension = certificate.extension('policyMappings')
      const flaw = { code: 'PATH_POLICY_MAPPING_ANY', place: extension?.path ?? '', offset: extension?.offset } as const
      return { flaw: placed(flaw, index), policies: [] }
    }
    level = mapped
    if (!member.selfIssued) {
      explicit = Math.max(explicit - 1, 0)
      mapping = Math.max(mapping - 1, 0)
      inhibit = Math.max(inhibit - 1, 0)
    }
    explicit = Math.min(explicit, constraints?.requireExplicitPolicy ?? explicit)
    mapping = Math.min(mapping, constraints?.inhibitPolicyMapping ?? mapping)
    inhibit = Math.min(inhibit, certificate.extension('inhibitAnyPolicy')?.decoded ?? inhibit)
  }
  const policies = acceptablePolicies(level, demands.acceptable)
  if (explicit === 0 && policies.length === 0) return refused(members[0]?.certificate as Certificate, 0)
  return { flaw: undefined, policies }
}

function refused(certificate: Certificate, index: number): PolicyOutcome {
  const extension = certificate.extension('certificatePolicies')
  const place = extension?.path ?? 'tbsCertificate.extensions'
  return { flaw: placed({ code: 'PATH_POLICY_REQUIRED', place, offset: extension?.offset }, index), policies: [] }
}

function node(policy: string, parents: readonly PolicyNode[]): PolicyNode {
  return { policy, expected: new Set([policy]), parents, live: false }
}

/** The policies of one certificate that are valid below those before it (RFC 9618 5.2, step (d)). */
function nextLevel(
  before: Level | undefined,
  certificate: Certificate,
  anyAllowed: boolean,
  work: Work,
): Level | undefined {
  const asserted = certificate.extension('certificatePolicies')?.decoded
  if (before === undefined || asserted === undefined) return undefined
  const awaiting = new Map<string, PolicyNode[]>()
  for (const parent of before.values()) {
    work.spend('policies', parent.expected.size)
    for (const policy of parent.expected) {
      const list = awaiting.get(policy)
      if (list === undefined) awaiting.set(policy, [parent])
      else list.push(parent)
    }
  }
  work.spend('policies', asserted.length)
  const level: Level = new Map()
  const any = before.get(ANY_POLICY)
  for (const { oid } of asserted) {
    if (oid === ANY_POLICY) continue
    const parents = awaiting.get(oid) ?? (any === undefined ? undefined : [any])
    if (parents !== undefined) level.set(oid, node(oid, parents))
  }
  if (anyAllowed && asserted.some(({ oid }) => oid === ANY_POLICY)) {
    for (const [policy, parents] of awaiting) if (!level.has(policy)) level.set(policy, node(policy, parents))
  }
  return level.size === 0 ? undefined : level
}

/** What the next certificate may say for each policy (RFC 9618 5.3, step (b)); `any` where anyPolicy is mapped. */
function applyMappings(
  level: Level | undefined,
  certificate: Certificate,
  allowed: boolean,
  work: Work,
): Level | undefined | 'any' {
  const pairs = certificate.extension('policyMappings')?.decoded
  if (pairs === undefined) return level
  work.spend('policies', pairs.length)
  const targets = new Map<string, Set<string>>()
  for (const { issuerDomainPolicy, subjectDomainPolicy } of pairs) {
    if (issuerDomainPolicy === ANY_POLICY || subjectDomainPolicy === ANY_POLICY) return 'any'
    const found = targets.get(issuerDomainPolicy)
    if (found === undefined) targets.set(issuerDomainPolicy, new Set([subjectDomainPolicy]))
    else found.add(subjectDomainPolicy)
  }
  if (level === undefined) return undefined
  const any = level.get(ANY_POLICY)
  for (const [policy, expected] of targets) {
    const known = level.get(policy)
    if (!allowed) level.delete(policy)
    else if (known !== undefined) known.expected = expected
    else if (any !== undefined) level.set(policy, { ...node(policy, any.parents), expected })
  }
  return level.size === 0 ? undefined : level
}

/** The policies of the first authority's domain that reach the end and that the caller accepts (RFC 9618 5.4, step (g)). */
function acceptablePolicies(level: Level | undefined, acceptable: readonly string[] | undefined): string[] {
  if (level === undefined) return []
  const found = new Set<string>()
  const waiting = [...level.values()]
  while (waiting.length > 0) {
    const next = waiting.pop() as PolicyNode
    if (next.live) continue
    next.live = true
    // A policy that stands under anyPolicy is one of the first domain that says anything.
    if (next.policy === ANY_POLICY ? level.has(ANY_POLICY) : next.parents.some(({ policy }) => policy === ANY_POLICY)) {
      found.add(next.policy)
    }
    waiting.push(...next.parents)
  }
  if (acceptable === undefined || acceptable.includes(ANY_POLICY)) return [...found].sort()
  return [...(found.has(ANY_POLICY) ? new Set(acceptable) : acceptable.filter((policy) => found.has(policy)))].sort()
}

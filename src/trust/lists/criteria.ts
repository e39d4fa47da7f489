import type { Certificate, KeyUsageName } from '../../x509/index.ts'

/** Which certificates of a service a qualification is for (TS 119 612 5.5.9.2.2). */
export interface Criteria {
  readonly assert: 'all' | 'atLeastOne' | 'none'
  readonly of: readonly Criterion[]
}

/** One criterion. All values that it names must be met. */
export type Criterion =
  | { readonly kind: 'keyUsage'; readonly bits: readonly (readonly [name: KeyUsageName, set: boolean])[] }
  | { readonly kind: 'policies' | 'purposes' | 'subject'; readonly oids: readonly string[] }
  | { readonly kind: 'criteria'; readonly criteria: Criteria }
  /** A criterion that this version does not know. */
  | { readonly kind: 'unknown'; readonly name: string }

/** `unclear` where a criterion is not known and decides the outcome. */
export type Match = 'yes' | 'no' | 'unclear'

/**
 * Whether a certificate meets criteria. An empty list asserts nothing: with `all` and `none` every certificate meets it, with
 * `atLeastOne` no one does.
 */
export function matchCriteria({ assert, of }: Criteria, certificate: Certificate): Match {
  const matches = of.map((criterion) => matchCriterion(criterion, certificate))
  const decides: Match = assert === 'all' ? 'no' : 'yes'
  if (matches.includes(decides)) return assert === 'atLeastOne' ? 'yes' : 'no'
  if (matches.includes('unclear')) return 'unclear'
  return assert === 'atLeastOne' ? 'no' : 'yes'
}

function matchCriterion(criterion: Criterion, certificate: Certificate): Match {
  if (criterion.kind === 'criteria') return matchCriteria(criterion.criteria, certificate)
  if (criterion.kind === 'unknown') return 'unclear'
  if (criterion.kind === 'keyUsage') {
    const usage = certificate.extension('keyUsage')?.decoded
    return criterion.bits.every(([name, set]) => (usage?.has(name) ?? false) === set) ? 'yes' : 'no'
  }
  const met = new Set(identifiers[criterion.kind](certificate))
  return criterion.oids.every((oid) => met.has(oid)) ? 'yes' : 'no'
}

const identifiers: Readonly<
  Record<'policies' | 'purposes' | 'subject', (certificate: Certificate) => readonly string[]>
> = {
  policies: (certificate) => certificate.extension('certificatePolicies')?.decoded?.map(({ oid }) => oid) ?? [],
  purposes: (certificate) => certificate.extension('extKeyUsage')?.decoded ?? [],
  subject: (certificate) => certificate.subject.attributes.map(({ oid }) => oid),
}

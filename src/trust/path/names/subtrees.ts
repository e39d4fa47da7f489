import type { GeneralName, GeneralNameKind } from '../../../x509/extensions/general-name.ts'
import type { NameConstraints } from '../../../x509/extensions/name-constraints.ts'
import { canonicalRdns } from './canonical.ts'
import { dnsPattern, hostName, liesWithin, overlaps } from './dns.ts'
import { hostInSubtree, hostSubtree, mailbox, mailboxInSubtree, mailboxSubtree } from './email.ts'
import { addressRange, inRange } from './ip.ts'
import { uriHost } from './uri.ts'

/** Whether a name lies in the subtree, for either list; wildcards are why they differ. */
export interface Subtree {
  /** True where all that the name stands for lies in it. */
  readonly permits: (name: unknown) => boolean
  /** True where anything that the name stands for lies in it. */
  readonly excludes: (name: unknown) => boolean
}

/** How the names of one form are read and compared. */
interface NameForm {
  /** What a name of a certificate is compared as; undefined where it is malformed. */
  readonly name: (name: GeneralName) => unknown
  /** Undefined where the base is malformed. */
  readonly subtree: (base: GeneralName) => Subtree | undefined
}

function form<Value, Base>(
  name: (name: GeneralName) => Value | undefined,
  base: (base: GeneralName) => Base | undefined,
  permits: (name: Value, base: Base) => boolean,
  excludes: (name: Value, base: Base) => boolean = permits,
): NameForm {
  return {
    name,
    subtree(given) {
      const read = base(given)
      if (read === undefined) return undefined
      return {
        permits: (value) => permits(value as Value, read),
        excludes: (value) => excludes(value as Value, read),
      }
    },
  }
}

/** Forms that are compared. A constraint on any other is refused where a name of that form turns up. */
const forms: { readonly [Kind in GeneralNameKind]?: NameForm } = {
  dNSName: form(
    ({ text }) => dnsPattern(text),
    ({ text }) => (text === '' ? '' : hostName(text)),
    liesWithin,
    overlaps,
  ),
  iPAddress: form(
    ({ value }) => (value.length === 4 || value.length === 16 ? value : undefined),
    ({ value }) => addressRange(value),
    inRange,
  ),
  rfc822Name: form(
    ({ text }) => mailbox(text),
    ({ text }) => mailboxSubtree(text),
    mailboxInSubtree,
  ),
  uniformResourceIdentifier: form(
    ({ text }) => uriHost(text),
    ({ text }) => hostSubtree(text),
    hostInSubtree,
  ),
  directoryName: form(
    ({ name }) => (name === undefined ? undefined : canonicalRdns(name)),
    ({ name }) => (name === undefined ? undefined : canonicalRdns(name)),
    (rdns, base) => base.length <= rdns.length && base.every((rdn, index) => rdn === rdns[index]),
  ),
}

/** Subtrees of one form of name. */
export interface FormSubtrees {
  readonly permitted: readonly Subtree[]
  readonly excluded: readonly Subtree[]
}

/** The constraints of one authority, ready to compare with. */
export interface Constraints {
  readonly byForm: ReadonlyMap<GeneralNameKind, FormSubtrees>
  /** Forms that are constrained and not compared. */
  readonly unsupported: ReadonlySet<GeneralNameKind>
  /** Place of the first subtree that is malformed: `permittedSubtrees[0]`. */
  readonly malformed: string | undefined
}

const lists = ['permittedSubtrees', 'excludedSubtrees'] as const

/** Reads the constraints of an authority once. */
export function readConstraints(given: NameConstraints): Constraints {
  const byForm = new Map<GeneralNameKind, { permitted: Subtree[]; excluded: Subtree[] }>()
  const unsupported = new Set<GeneralNameKind>()
  let malformed: string | undefined
  for (const list of lists) {
    for (const [index, { base, minimum, maximum }] of given[list].entries()) {
      const known = forms[base.kind]
      if (known === undefined) {
        unsupported.add(base.kind)
        continue
      }
      // RFC 5280 4.2.1.10: minimum is 0 and there is no maximum; what others would mean nobody has said.
      const subtree = minimum === 0 && maximum === undefined ? known.subtree(base) : undefined
      if (subtree === undefined) {
        malformed ??= `${list}[${index}].base`
        continue
      }
      const found = byForm.get(base.kind) ?? { permitted: [], excluded: [] }
      found[list === 'permittedSubtrees' ? 'permitted' : 'excluded'].push(subtree)
      byForm.set(base.kind, found)
    }
  }
  return { byForm, unsupported, malformed }
}

/** A name as its form compares it; undefined where it is malformed. The kind is one that is compared. */
export function comparable(name: GeneralName): unknown {
  return forms[name.kind]?.name(name)
}

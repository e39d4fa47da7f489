import type { Name, NameAttribute } from '../../../x509/name.ts'

/**
 * Distinguished names as RFC 5280 7.1 compares them: whatever the string type, letters of either case alike, white space at
 * the ends dropped and inside taken as one space.
 */

/** One text for each relative distinguished name, in order. */
export function canonicalRdns(name: Name): string[] {
  const rdns: string[] = []
  let attributes: string[] = []
  let rdn = 0
  for (const attribute of name.attributes) {
    if (attribute.rdn !== rdn) {
      if (attributes.length > 0) rdns.push(rdnText(attributes))
      attributes = []
      rdn = attribute.rdn
    }
    attributes.push(canonicalAttribute(attribute))
  }
  if (attributes.length > 0) rdns.push(rdnText(attributes))
  return rdns
}

/** The whole name as one text. */
export function canonicalName(name: Name): string {
  return JSON.stringify(canonicalRdns(name))
}

/** A set: encodings in another string type sort otherwise. */
function rdnText(attributes: readonly string[]): string {
  return JSON.stringify([...attributes].sort())
}

function canonicalAttribute({ oid, tag, text }: NameAttribute): string {
  // A value that is no character string equals its own octets only.
  if (tag === 0) return `${oid}${text}`
  return `${oid}=${text.normalize('NFKC').toLowerCase().trim().replace(/\s+/gu, ' ')}`
}

/** True where two names are the same: octet by octet, or as RFC 5280 7.1 compares them. */
export function sameName(a: Name, b: Name): boolean {
  if (a.equals(b)) return true
  const [left, right] = [a.attributes, b.attributes]
  if (left.length !== right.length) return false
  // Names differ at their end, mostly: one attribute tells.
  for (let i = left.length - 1; i >= 0; i--) {
    const [one, other] = [left[i] as NameAttribute, right[i] as NameAttribute]
    // A set of several may stand in another order.
    if (one.rdn !== i || other.rdn !== i) return canonicalName(a) === canonicalName(b)
    if (one.oid !== other.oid) return false
    if ((one.tag !== other.tag || !one.equals(other)) && canonicalAttribute(one) !== canonicalAttribute(other))
      return false
  }
  return true
}

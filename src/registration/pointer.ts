/** A step of a JSON Pointer (RFC 6901 clause 3). A name longer than any that is defined is cut. */
export function step(name: string | number): string {
  const text = String(name)
  const cut = text.length > 64 ? `${text.slice(0, 64)}...` : text
  return `/${cut.replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/** Octets as a text that is equal where the octets are: a key for maps, exact, without a hash to collide. */
export function octetKey(octets: Uint8Array): string {
  if (octets.length <= chunk) return String.fromCharCode.apply(null, octets as unknown as number[])
  let text = ''
  for (let at = 0; at < octets.length; at += chunk) text += octetKey(octets.subarray(at, at + chunk))
  return text
}

/** Arguments of one call; engines take some ten thousand. */
const chunk = 4096

/**
 * The fingerprint of CVE-2017-15361 (ROCA): smart cards and signature devices whose RSA moduli are a power of 65537 modulo
 * every small prime. Such a modulus can be factored. The chance that another one looks like it is below one in 10^7.
 */

/** The primes below 167 for which the powers of 65537 leave most remainders out. */
const primes = [11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157]

interface Prime {
  readonly prime: number
  readonly powers: ReadonlySet<number>
}

/** The primes in groups whose product is below 2^37, so that going through a modulus once decides on several. */
const groups: readonly { readonly product: number; readonly members: readonly Prime[] }[] = /* @__PURE__ */ grouped()

function grouped(): { product: number; members: Prime[] }[] {
  const made: { product: number; members: Prime[] }[] = []
  for (const prime of primes) {
    const group = made.at(-1)
    const member = { prime, powers: powersOf(prime) }
    if (group === undefined || group.product * prime >= 2 ** 37) made.push({ product: prime, members: [member] })
    else {
      group.product *= prime
      group.members.push(member)
    }
  }
  return made
}

function powersOf(prime: number): ReadonlySet<number> {
  const found = new Set<number>()
  for (let power = 1; !found.has(power); power = (power * 65_537) % prime) found.add(power)
  return found
}

/** True where the modulus, big-endian, has the fingerprint. Most others fail in the first group. */
export function isRocaModulus(modulus: Uint8Array): boolean {
  return groups.every(({ product, members }) => {
    const remainder = remainderOf(modulus, product)
    return members.every(({ prime, powers }) => powers.has(remainder % prime))
  })
}

/** A big-endian number modulo a small one, two octets at a time. `divisor` has at most 37 bits, so that a double holds it all. */
function remainderOf(number: Uint8Array, divisor: number): number {
  let remainder = 0
  const odd = number.length & 1
  if (odd === 1) remainder = (number[0] as number) % divisor
  for (let i = odd; i < number.length; i += 2) {
    remainder = (remainder * 65_536 + (number[i] as number) * 256 + (number[i + 1] as number)) % divisor
  }
  return remainder
}

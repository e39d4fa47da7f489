/**
 * The fingerprint of CVE-2017-15361 (ROCA): smart cards and signature devices whose RSA moduli are a power of 65537 modulo
 * every small prime. Such a modulus can be factored. The chance that another one looks like it is below one in 10^7.
 */

/** The primes below 167 for which the powers of 65537 leave most remainders out. */
const primes = [11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157]

const powers: readonly (readonly [prime: number, powers: ReadonlySet<number>])[] = /* @__PURE__ */ primes.map(
  (prime) => {
    const found = new Set<number>()
    for (let power = 1; !found.has(power); power = (power * 65_537) % prime) found.add(power)
    return [prime, found] as const
  },
)

/** True where the modulus, big-endian, has the fingerprint. Most others fail at the first prime. */
export function isRocaModulus(modulus: Uint8Array): boolean {
  return powers.every(([prime, found]) => found.has(remainderOf(modulus, prime)))
}

/** A big-endian number modulo a small one, two octets at a time. `divisor` has at most 37 bits, so that a double holds it all. */
export function remainderOf(number: Uint8Array, divisor: number): number {
  let remainder = 0
  const odd = number.length & 1
  if (odd === 1) remainder = (number[0] as number) % divisor
  for (let i = odd; i < number.length; i += 2) {
    remainder = (remainder * 65_536 + (number[i] as number) * 256 + (number[i + 1] as number)) % divisor
  }
  return remainder
}

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

/** True where the modulus, big-endian, has the fingerprint. Eight of ten others fail at the first prime. */
export function isRocaModulus(modulus: Uint8Array): boolean {
  const first = remainderOf11(modulus)
  // 65537 is -1 modulo 11.
  if (first !== 1 && first !== 10) return false
  return powers.every(([prime, found]) => found.has(smallRemainder(modulus, prime)))
}

/** A big-endian number modulo 11, where 256 to the fifth is 1: sums of octets by weight, and one division. */
function remainderOf11(number: Uint8Array): number {
  let sum = 0
  let i = number.length - 1
  for (; i >= 4; i -= 5) {
    sum += (number[i] as number) + 3 * (number[i - 1] as number) + 9 * (number[i - 2] as number)
    sum += 5 * (number[i - 3] as number) + 4 * (number[i - 4] as number)
  }
  for (let weight = 1; i >= 0; i--) {
    sum += (number[i] as number) * weight
    weight = (weight * 3) % 11
  }
  return sum % 11
}

/** A big-endian number modulo one of at most 15 bits, two octets at a time, in integers of 32 bits. */
function smallRemainder(number: Uint8Array, divisor: number): number {
  const odd = number.length & 1
  let remainder = odd === 1 ? (number[0] as number) % divisor : 0
  for (let i = odd; i < number.length; i += 2) {
    remainder = ((remainder << 16) | ((number[i] as number) << 8) | (number[i + 1] as number)) % divisor
  }
  return remainder
}

/** The same for a divisor of at most 37 bits, in doubles. */
export function remainderOf(number: Uint8Array, divisor: number): number {
  const odd = number.length & 1
  let remainder = odd === 1 ? (number[0] as number) % divisor : 0
  for (let i = odd; i < number.length; i += 2) {
    remainder = (remainder * 65_536 + (number[i] as number) * 256 + (number[i + 1] as number)) % divisor
  }
  return remainder
}

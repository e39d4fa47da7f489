/** Tells whether an address is one of those that the deployer named. */
export type ProxyTest = (address: string | undefined) => boolean

interface Range {
  readonly octets: readonly number[]
  readonly bits: number
}

/**
 * A test for named proxies: addresses, or ranges such as `10.0.0.0/8`. IPv4 addresses inside IPv6 are the same addresses.
 * No list, no proxy: an empty one is a mistake, not "all".
 *
 * @throws TypeError on an empty list and on what is no address
 */
export function proxyTest(proxies: readonly string[]): ProxyTest {
  if (!Array.isArray(proxies) || proxies.length === 0) throw new TypeError('proxies are the addresses of your proxies')
  const ranges = proxies.map(readRange)
  return (address) => {
    const octets = address === undefined ? undefined : octetsOf(address)
    return octets !== undefined && ranges.some((range) => isWithin(octets, range))
  }
}

function readRange(text: string): Range {
  const [address = '', length, ...more] = String(text).split('/')
  const octets = octetsOf(address)
  const before = address.includes(':') ? 0 : 96
  const bits = length === undefined ? 128 : /^[0-9]{1,3}$/.test(length) ? Number(length) + before : -1
  if (octets === undefined || bits < before || bits > 128 || more.length > 0) {
    throw new TypeError(`'${text}' is no address of a proxy`)
  }
  return { octets, bits }
}

function isWithin(octets: readonly number[], range: Range): boolean {
  for (let bit = 0; bit < range.bits; bit += 8) {
    const mask = (0xff << Math.max(0, 8 - (range.bits - bit))) & 0xff
    if ((((octets[bit / 8] as number) ^ (range.octets[bit / 8] as number)) & mask) !== 0) return false
  }
  return true
}

/** The 16 octets of an address; undefined where it is none. */
function octetsOf(address: string): number[] | undefined {
  const four = /^(?:::ffff:)?([0-9]{1,3}(?:\.[0-9]{1,3}){3})$/i.exec(address)?.[1]?.split('.').map(Number)
  if (four !== undefined) {
    return four.every((octet) => octet < 256) ? [...new Array(10).fill(0), 0xff, 0xff, ...four] : undefined
  }
  if (!/^[0-9a-f:.]+$/i.test(address) || !URL.canParse(`http://[${address}]`)) return undefined
  const [start = '', end] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const head = groupsOf(start)
  const tail = groupsOf(end ?? '')
  return [...head, ...new Array(16 - head.length - tail.length).fill(0), ...tail]
}

function groupsOf(text: string): number[] {
  if (text === '') return []
  return text.split(':').flatMap((group) => {
    const value = Number.parseInt(group, 16)
    return [value >> 8, value & 0xff]
  })
}

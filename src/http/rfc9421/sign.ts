import { laidOutOnce } from '../laid-out.ts'
import type { HttpLimits } from '../limits.ts'
import type { Prepare, Standing } from '../prepare.ts'
import { httpError } from '../refuse.ts'
import type { Signer } from '../signature.ts'
import { serialiseInnerList, serialiseInteger, serialiseString } from '../structured/serialise.ts'
import type { InnerList } from '../structured/types.ts'
import { seconds } from '../time.ts'
import { algorithmOf } from './algorithm.ts'
import { componentItem, readComponents } from './components.ts'

/** What a signature by RFC 9421 is made of. */
export interface Rfc9421SignOptions {
  readonly dialect: 'rfc9421'
  /** Default `sig1`. */
  readonly label?: string | undefined
  /** What is covered, in this order: `@method`, `content-digest`, `@query-param;name="id"`, `@path;req`. */
  readonly components: readonly string[]
  readonly created?: Date | undefined
  readonly expires?: Date | undefined
  readonly keyId?: string | undefined
  /** The parameter `alg`. True writes the name of the signer's algorithm. Default: left out. */
  readonly algorithm?: string | true | undefined
  readonly nonce?: string | undefined
  readonly tag?: string | undefined
}

/** Checks the options and lays out the fields; the same checks as when they are read. */
export function prepareRfc9421(options: Standing<Rfc9421SignOptions>, signer: Signer, limits: HttpLimits): Prepare {
  const label = options.label ?? 'sig1'
  if (!/^[a-z*][a-z0-9_\-.*]*$/.test(label)) throw new TypeError(`'${label}' is no label`)
  const named = parameter('alg', algName(options.algorithm, signer)) + parameter('keyid', options.keyId)
  const layOut = laidOutOnce((names) => {
    const list: InnerList = { kind: 'inner-list', items: names.map(componentItem), parameters: new Map() }
    return { components: readComponents(list, limits), serialised: serialiseInnerList(list) }
  })

  return (occasion) => {
    const { components, serialised: list } = layOut(occasion.components)
    const created = seconds(occasion.created)
    const expires = seconds(occasion.expires)
    const times = parameter('created', created) + parameter('expires', expires)
    const serialised = `${list}${times}${parameter('nonce', occasion.nonce)}${named}${parameter('tag', occasion.tag)}`
    return {
      input: { dialect: 'rfc9421', components, created, expires, serialised, trailingNewline: false },
      write: (base64) => [
        ['Signature-Input', `${label}=${serialised}`],
        ['Signature', `${label}=:${base64}:`],
      ],
    }
  }
}

function parameter(name: string, value: string | number | undefined): string {
  if (value === undefined) return ''
  return `;${name}=${typeof value === 'number' ? serialiseInteger(value) : serialiseString(value)}`
}

function algName(algorithm: string | true | undefined, signer: Signer): string | undefined {
  const name = algorithm === true ? signer.algorithm : algorithm
  if (name !== undefined && !algorithmOf(name).includes(signer.algorithm)) {
    throw httpError('SIGNATURE_ALGORITHM_MISMATCH', `${name}, the key is for ${signer.algorithm}`)
  }
  return name
}

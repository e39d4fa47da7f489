import type { PreparedSignature } from '../cavage/sign.ts'
import type { LaidOut, LaidOutLists } from '../laid-out.ts'
import type { HttpLimits } from '../limits.ts'
import { httpError } from '../refuse.ts'
import type { Signer } from '../signature.ts'
import { serialiseInnerList, serialiseParameters } from '../structured/serialise.ts'
import type { BareItem, InnerList, Parameters } from '../structured/types.ts'
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
export function prepareRfc9421(
  options: Rfc9421SignOptions,
  signer: Signer,
  limits: HttpLimits,
  known: LaidOutLists,
): PreparedSignature {
  const label = options.label ?? 'sig1'
  if (!/^[a-z*][a-z0-9_\-.*]*$/.test(label)) throw new TypeError(`'${label}' is no label`)
  const { components, serialised: list } = layOut(options.components, limits, known)
  const serialised = list + serialiseParameters(parametersOf(options, signer))
  return {
    input: {
      dialect: 'rfc9421',
      components,
      created: seconds(options.created),
      expires: seconds(options.expires),
      serialised,
      trailingNewline: false,
    },
    write: (base64) => [
      ['Signature-Input', `${label}=${serialised}`],
      ['Signature', `${label}=:${base64}:`],
    ],
  }
}

function layOut(names: readonly string[], limits: HttpLimits, known: LaidOutLists): LaidOut {
  const key = JSON.stringify(names)
  const before = known.get(key)
  if (before !== undefined) return before
  const list: InnerList = { kind: 'inner-list', items: names.map(componentItem), parameters: new Map() }
  const laidOut = { components: readComponents(list, limits), serialised: serialiseInnerList(list) }
  known.set(key, laidOut)
  return laidOut
}

function parametersOf(options: Rfc9421SignOptions, signer: Signer): Parameters {
  const parameters = new Map<string, BareItem>()
  const set = (name: string, value: string | number | undefined): void => {
    if (typeof value === 'number') parameters.set(name, { type: 'integer', value })
    else if (value !== undefined) parameters.set(name, { type: 'string', value })
  }
  set('created', seconds(options.created))
  set('expires', seconds(options.expires))
  set('nonce', options.nonce)
  set('alg', algName(options.algorithm, signer))
  set('keyid', options.keyId)
  set('tag', options.tag)
  return parameters
}

function algName(algorithm: string | true | undefined, signer: Signer): string | undefined {
  const name = algorithm === true ? signer.algorithm : algorithm
  if (name !== undefined && !algorithmOf(name).includes(signer.algorithm)) {
    throw httpError('SIGNATURE_ALGORITHM_MISMATCH', `${name}, the key is for ${signer.algorithm}`)
  }
  return name
}

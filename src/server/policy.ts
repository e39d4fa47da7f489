/**
 * How the page is read where it contradicts itself: to the letter (`seed`), as the bank was seen to answer (`observed`), or
 * as the RFC that the page builds on has it (`rfc`).
 */
export type PolicyName = 'seed' | 'observed' | 'rfc'

/** What of the answers depends on the policy. */
export interface AnswerPolicy {
  readonly name: PolicyName
  readonly created: 200 | 201
  readonly replaced: 200 | 201
  /** Faults of token and client certificate: the page knows only 400 and 404. */
  readonly unauthorized: 400 | 401
  readonly tooLarge: 400 | 413
  readonly mediaType: 400 | 415
  /** A client_name belongs to one organisation. */
  readonly uniqueNames: boolean
  /** Answers have the members that were not registered as null, and OAuth names in upper case. */
  readonly recordedShape: boolean
}

const table: Readonly<Record<PolicyName, Omit<AnswerPolicy, 'name'>>> = {
  seed: {
    created: 201,
    replaced: 201,
    unauthorized: 400,
    tooLarge: 400,
    mediaType: 400,
    uniqueNames: false,
    recordedShape: false,
  },
  observed: {
    created: 200,
    replaced: 200,
    unauthorized: 400,
    tooLarge: 400,
    mediaType: 400,
    uniqueNames: true,
    recordedShape: true,
  },
  rfc: {
    created: 201,
    replaced: 200,
    unauthorized: 401,
    tooLarge: 413,
    mediaType: 415,
    uniqueNames: false,
    recordedShape: false,
  },
}

export const policyNames = Object.keys(table) as readonly PolicyName[]

/** Throws `TypeError` on an unknown name. */
export function answerPolicy(name: PolicyName = 'seed'): AnswerPolicy {
  if (!Object.hasOwn(table, name))
    throw new TypeError(`unknown policy '${String(name)}'; there are ${policyNames.join(', ')}`)
  return { name, ...table[name] }
}

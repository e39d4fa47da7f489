import { type PolicyName, registrationPolicies } from '../registration/index.ts'

/** What of the answers depends on the policy of registration. */
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

/** Throws `TypeError` on an unknown name. */
export function answerPolicy(name: PolicyName = 'seed'): AnswerPolicy {
  if (!Object.hasOwn(registrationPolicies, name)) {
    const names = Object.keys(registrationPolicies).join(', ')
    throw new TypeError(`unknown policy '${String(name)}'; there are: ${names}`)
  }
  const { create, update, tokenFault } = registrationPolicies[name].answers
  return {
    name,
    created: create,
    replaced: update,
    unauthorized: tokenFault,
    tooLarge: name === 'rfc' ? 413 : 400,
    mediaType: name === 'rfc' ? 415 : 400,
    uniqueNames: name === 'observed',
    recordedShape: name === 'observed',
  }
}

import { type Activation, activationTime, type EligibilityState } from '../registration/index.ts'
import type { Certificate } from '../x509/index.ts'
import type { ClientRecord, RegistrationStore } from './store/store.ts'

/** Who wants what to become active. Everything was checked and found sound. */
export interface EligibilityQuestion {
  readonly operation: 'create' | 'update'
  /** organizationIdentifier of both certificates. */
  readonly owner: string
  readonly kind: 'app' | 'agent'
  readonly qwac: Certificate
  readonly qsealc: Certificate
  /** What is to be registered. */
  readonly metadata: Readonly<Record<string, unknown>>
  readonly at: Date
}

/** Whether the criteria of eligibility are met, as the bank knows by its own means. */
export type Eligibility = (question: EligibilityQuestion) => EligibilityState | Promise<EligibilityState>

const states: ReadonlySet<unknown> = new Set(['met', 'pending_eligibility', 'ca_unknown'] satisfies EligibilityState[])

/** Asks, and takes no answer for none: what is no state is a failure, and nothing is registered. */
export async function askEligibility(ask: Eligibility, question: EligibilityQuestion): Promise<EligibilityState> {
  const state = await ask(question)
  if (!states.has(state)) throw new TypeError('eligibility answers met, pending_eligibility or ca_unknown')
  return state
}

/** The columns of a row that say when it counts. */
export function activationRow(
  eligibility: EligibilityState,
  at: Date,
): Pick<ClientRecord, 'eligibility' | 'activeFrom' | 'estimatedAt'> {
  const activation: Activation = activationTime({ at, eligibility })
  return activation.state === 'scheduled'
    ? { eligibility, activeFrom: activation.activeAt, estimatedAt: null }
    : { eligibility, activeFrom: null, estimatedAt: activation.estimatedAt ?? null }
}

/**
 * Keeps what the bank has decided of a client that waits for its eligibility: with `met`, the clock of the page begins to run.
 *
 * @returns the client as it is now; undefined where it was changed or removed meanwhile, and has to be looked at again
 * @throws TypeError on a state that is none
 *
 * @example
 * ```ts
 * import { openStore, settleEligibility } from 'psd2-toolkit/server'
 *
 * const store = await openStore({ folder: './data/store' })
 * for (const client of await store.waiting()) {
 *   if (client.owner !== 'PSDIE-CBI-C58301') continue
 *   console.log((await settleEligibility(store, client, { eligibility: 'met', at: new Date() }))?.activeFrom)
 * }
 * await store.close()
 * ```
 */
export async function settleEligibility(
  store: Pick<RegistrationStore, 'settle'>,
  client: ClientRecord,
  { eligibility, at }: { readonly eligibility: EligibilityState; readonly at: Date },
): Promise<ClientRecord | undefined> {
  if (!states.has(eligibility)) throw new TypeError('eligibility is met, pending_eligibility or ca_unknown')
  const settled = { ...client, ...activationRow(eligibility, at), version: client.version + 1, updatedAt: at }
  return (await store.settle(settled)) ? settled : undefined
}

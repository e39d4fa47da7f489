import { defaultCrypto } from '#crypto'
import type { Digester } from '../../crypto/provider.ts'
import { fieldValue, type MessageView } from '../message.ts'
import { ownOption, requireOptions } from '../options.ts'
import { httpError } from '../refuse.ts'
import { type DigestAlgorithm, digestAlgorithmNames } from './algorithms.ts'
import { type DigestField, digestField, digestFields } from './fields.ts'
import { sameOctets } from './octets.ts'
import { parseDigestField, requireAlgorithms } from './settings.ts'
import { type ClaimedDigests, compareDigests } from './verify.ts'

/** When a message must have a digest: of every body, also of an empty one; of a body that is not empty; not at all. */
export type DigestRequirement = 'always' | 'with-body' | 'never'

export interface MessageDigestOptions {
  readonly required: DigestRequirement
  /** Fields of which one satisfies `required`. Default: all three. Any that is present is verified. */
  readonly fields?: readonly DigestField[] | undefined
  readonly algorithms?: readonly DigestAlgorithm[] | undefined
  /** See `VerifyDigestOptions`. */
  readonly bare?: boolean | undefined
  readonly crypto?: Digester | undefined
}

/** A digest field of a message that was shown to be that of its body. */
export interface VerifiedDigestField {
  readonly field: DigestField
  readonly algorithms: readonly DigestAlgorithm[]
}

const allFields = Object.keys(digestFields) as readonly DigestField[]
const optionNames: readonly string[] = ['required', 'fields', 'algorithms', 'bare', 'crypto']
const requirements: readonly string[] = ['always', 'with-body', 'never']

/** A digest field of a message. Nothing shows yet that it is that of the body. */
export interface ClaimedField extends ClaimedDigests {
  readonly field: DigestField
}

/** Reads the digest fields that messages have; see {@link digestReader}. */
export type DigestReader = (message: MessageView) => readonly ClaimedField[]

/**
 * Verifies every digest field of a message against its body, and that they agree with each other. Lines of one field are
 * joined first. A present field is verified whether or not it is required, an absent body counts as no octets.
 *
 * @returns what was verified; empty where the message has no digest and needs none
 * @throws Psd2Error `DIGEST_...`
 */
export async function verifyMessageDigest(
  message: MessageView,
  options: MessageDigestOptions,
): Promise<readonly VerifiedDigestField[]> {
  const fields = digestReader(options)(message)
  await compareDigests(fields, message.body, ownOption(options, 'crypto') ?? defaultCrypto)
  return verifiedFields(fields)
}

/**
 * Reads the digests of many messages: the options are read once. That they are those of the bodies is for
 * {@link compareDigests} to show.
 */
export function digestReader(options: MessageDigestOptions): DigestReader {
  requireOptions(options, optionNames, 'verifyMessageDigest')
  const required = ownOption(options, 'required')
  if (required === undefined || !requirements.includes(required))
    throw new TypeError('required is always, with-body or never')
  const accepted = ownOption(options, 'fields') ?? allFields
  for (const field of accepted) digestField(field)
  const [first] = accepted
  if (first === undefined) throw new TypeError('fields must not be empty')
  const settings = {
    algorithms: requireAlgorithms(ownOption(options, 'algorithms') ?? digestAlgorithmNames),
    bare: ownOption(options, 'bare') === true,
  }
  return (message) => {
    const found = readFields(message, settings)
    const needed = required === 'always' || (required === 'with-body' && message.body.length > 0)
    if (needed && !found.some(({ field }) => accepted.includes(field))) {
      throw httpError('DIGEST_MISSING', undefined, { path: first.toLowerCase() })
    }
    if (found.length > 1) requireAgreement(found)
    return found
  }
}

/** What is left to say of fields that are right. */
export function verifiedFields(fields: readonly ClaimedField[]): readonly VerifiedDigestField[] {
  return fields.map(({ field, members }) => ({ field, algorithms: members.map(({ algorithm }) => algorithm) }))
}

const none: readonly ClaimedField[] = []

/** The fields with their names as messages have them. */
const namedFields = allFields.map((field) => ({ field, path: field.toLowerCase() }))

function readFields(
  message: MessageView,
  settings: { algorithms: readonly DigestAlgorithm[]; bare: boolean },
): readonly ClaimedField[] {
  let found = none
  for (const { field, path } of namedFields) {
    const text = fieldValue(message.fields, path)
    if (text === undefined) continue
    if (field === 'Repr-Digest' && (message.fields.has('content-range') || message.status === 206)) {
      throw httpError('DIGEST_REPRESENTATION', undefined, { path })
    }
    const read = { field, path, members: parseDigestField(text, field, settings) }
    found = found.length === 0 ? [read] : [...found, read]
  }
  return found
}

/** Two fields that give different hashes of one algorithm cannot both be right, whatever the body is. */
function requireAgreement(found: readonly ClaimedField[]): void {
  const first = new Map<DigestAlgorithm, Uint8Array>()
  for (const { path, members } of found) {
    for (const { algorithm, value } of members) {
      const other = first.get(algorithm)
      if (other === undefined) first.set(algorithm, value)
      else if (!sameOctets(other, value)) throw httpError('DIGEST_FIELDS_DISAGREE', algorithm, { path })
    }
  }
}

import { Certificate } from '../../x509/certificate.ts'
import { keyUsageNames } from '../../x509/extensions/key-usage.ts'
import { conformanceCodes } from './codes.ts'
import type { PathQuestion, PathValidatorOptions } from './types.ts'

const validatorNames: Readonly<Record<keyof PathValidatorOptions, true>> = {
  anchors: true,
  intermediates: true,
  accept: true,
  cachedAuthorities: true,
  crypto: true,
}

const questionNames: Readonly<Record<keyof PathQuestion, true>> = {
  certificate: true,
  intermediates: true,
  at: true,
  purpose: true,
  names: true,
  keyUsage: true,
  policies: true,
  maxDepth: true,
  anchorAsLeaf: true,
  revocation: true,
  checkRevocation: true,
  crls: true,
  budget: true,
  onWork: true,
  onRefusal: true,
}

/** Values that an option may have. */
const choices = {
  purpose: ['serverAuth', 'clientAuth', 'any'],
  anchorAsLeaf: ['refuse', 'accept'],
  revocation: ['require', 'if-present', 'off'],
} as const

const policyNames = {
  acceptable: 'list',
  explicit: 'boolean',
  inhibitMapping: 'boolean',
  inhibitAny: 'boolean',
} as const

/** The longest path that anybody may ask for. */
const deepest = 255

/** The caller's own mistakes in making a validator. Throws `TypeError`. */
export function checkValidatorOptions(options: PathValidatorOptions): void {
  checkNames(options, validatorNames)
  const { anchors, intermediates = [], accept = [], cachedAuthorities = 0 } = options
  requireList(anchors, 'anchors')
  if (anchors.length === 0) throw new TypeError('anchors must not be empty: nothing is trusted by default')
  for (const [index, anchor] of anchors.entries()) {
    const isKey = typeof anchor === 'object' && anchor !== null && 'subject' in anchor && 'publicKey' in anchor
    if (!(anchor instanceof Uint8Array) && !isKey) {
      throw new TypeError(`anchors[${index}] must be DER, a certificate or { subject, publicKey }`)
    }
  }
  checkCertificates(intermediates)
  requireList(accept, 'accept')
  for (const code of accept) {
    if (!conformanceCodes.includes(code)) {
      throw new TypeError(`accept takes ${conformanceCodes.join(', ')}; not '${String(code)}'`)
    }
  }
  requireCount(cachedAuthorities, 'cachedAuthorities', 1_000_000)
}

/** The caller's own mistakes in asking. Throws `TypeError`. */
export function checkQuestion(question: PathQuestion): void {
  checkNames(question, questionNames)
  const { certificate, intermediates = [], at, purpose, maxDepth = 0, keyUsage = [], policies } = question
  requireCertificate(certificate, 'certificate')
  checkCertificates(intermediates)
  checkMoment(at)
  requireChoice('purpose', purpose)
  for (const name of ['anchorAsLeaf', 'revocation'] as const) {
    if (question[name] !== undefined) requireChoice(name, question[name])
  }
  requireCount(maxDepth, 'maxDepth', deepest)
  requireList(keyUsage, 'keyUsage')
  for (const name of keyUsage) {
    if (!keyUsageNames.includes(name)) throw new TypeError(`keyUsage has no bit '${String(name)}'`)
  }
  if (policies !== undefined) checkPolicies(policies)
  checkLists(question)
  for (const name of ['checkRevocation', 'onWork', 'onRefusal'] as const) {
    if (question[name] !== undefined && typeof question[name] !== 'function') {
      throw new TypeError(`${name} must be a function`)
    }
  }
}

/** Lists are looked into by a checker; two of them would answer twice. */
function checkLists({ crls, checkRevocation }: PathQuestion): void {
  if (crls === undefined) return
  requireList(crls, 'crls')
  if (checkRevocation !== undefined) {
    throw new TypeError('give crls to the checker: checkRevocation: createRevocationChecker({ crls })')
  }
}

/** A moment that a certificate can be valid at. Nothing that is not one may ever compare as if it were. */
function checkMoment(at: unknown): void {
  if (!(at instanceof Date) || Number.isNaN(at.getTime())) throw new TypeError('at must be a Date that is a moment')
  if (at.getTime() < 0) throw new TypeError('at must not lie before 1970')
}

function checkPolicies(policies: object): void {
  if (typeof policies !== 'object' || policies === null) throw new TypeError('policies must be an object')
  for (const [name, value] of Object.entries(policies)) {
    if (!Object.hasOwn(policyNames, name)) throw new TypeError(`unknown option 'policies.${name}'`)
    if (policyNames[name as keyof typeof policyNames] === 'boolean') {
      if (typeof value !== 'boolean') throw new TypeError(`policies.${name} must be true or false`)
    } else {
      requireList(value, `policies.${name}`)
      if ((value as unknown[]).length === 0) throw new TypeError(`policies.${name} must not be empty`)
      if (!(value as unknown[]).every((oid) => typeof oid === 'string' && /^[0-2](?:\.\d+)+$/.test(oid))) {
        throw new TypeError(`policies.${name} must be object identifiers`)
      }
    }
  }
}

function checkNames(options: object, names: object): void {
  if (typeof options !== 'object' || options === null) throw new TypeError('options must be an object')
  for (const name of Object.keys(options)) {
    if (!Object.hasOwn(names, name)) throw new TypeError(`unknown option '${name}'`)
  }
}

function requireChoice(name: keyof typeof choices, value: unknown): void {
  const allowed: readonly unknown[] = choices[name]
  if (!allowed.includes(value)) throw new TypeError(`${name} must be one of ${allowed.join(', ')}`)
}

function requireList(value: unknown, name: string): void {
  if (!Array.isArray(value)) throw new TypeError(`${name} must be an array`)
}

function checkCertificates(list: readonly unknown[]): void {
  requireList(list, 'intermediates')
  for (const [index, item] of list.entries()) requireCertificate(item, `intermediates[${index}]`)
}

function requireCertificate(value: unknown, name: string): void {
  if (value instanceof Uint8Array || value instanceof Certificate) return
  throw new TypeError(`${name} must be DER in a Uint8Array, or a certificate that was read`)
}

function requireCount(value: unknown, name: string, most: number): void {
  if (!Number.isSafeInteger(value) || (value as number) < 0 || (value as number) > most) {
    throw new TypeError(`${name} must be a count up to ${most}`)
  }
}

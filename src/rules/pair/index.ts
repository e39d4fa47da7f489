import { equalBytes } from '../../core/bytes.ts'
import { bpceClause } from '../bpce/citation.ts'
import { identifierPlace, publicKeyPlace, statementsPlace } from '../places.ts'
import type { Place } from '../rule.ts'
import type { CertificateSubject } from '../subject.ts'
import { ncaIdPlace, rolesPlace } from '../ts119495/parts.ts'
import type { PairRule, PairSubject } from './subject.ts'

/** A place in one of the two certificates. */
function within(member: 'qwac' | 'qsealc', { path, offset, length }: Place): Place {
  return { path: `${member}.${path}`, offset, length }
}

const kinds: PairRule = {
  id: 'pair.kinds',
  requirement: 'BPCE:pair-kinds',
  citation: bpceClause('Eligibility'),
  modal: 'bank',
  grounding: 'A',
  title: 'the certificate for TLS is a QWAC and the one for signatures a QSealC',
  why: 'the bank refuses the TLS connection of a seal, and signatures of a QWAC',
  mend: 'exchange the two, or use the certificate that the place is for',
  check: ({ qwac, qsealc }, report) => {
    const swapped = qwac.kind === 'QSealC' && qsealc.kind === 'QWAC'
    for (const [member, subject, expected] of [
      ['qwac', qwac, 'QWAC'],
      ['qsealc', qsealc, 'QSealC'],
    ] as const) {
      if (subject.kind === expected) continue
      const message = swapped ? 'the two certificates are swapped' : `this is no ${expected}: ${subject.kindReason}`
      report(within(member, statementsPlace(subject.certificate)), { message, actual: subject.kind, expected })
    }
  },
}

const identifier: PairRule = {
  id: 'pair.same-identifier',
  requirement: 'BPCE:pair-same-orgid',
  citation: bpceClause('Prerequisites'),
  modal: 'bank',
  grounding: 'A',
  title: 'both certificates have the same organizationIdentifier',
  why: 'with two identifiers one provider would act under the name of another',
  mend: 'use two certificates of one provider, character by character the same',
  check: ({ qwac, qsealc }, report) => {
    const expected = qwac.attributes.organizationIdentifier?.value
    const actual = qsealc.attributes.organizationIdentifier?.value
    if (expected !== undefined && actual === expected) return
    report(within('qsealc', identifierPlace(qsealc.certificate)), {
      message: 'the two certificates have not one organizationIdentifier',
      actual: actual ?? 'none',
      expected: expected ?? 'one in each',
    })
  },
}

const keys: PairRule = {
  id: 'pair.distinct-keys',
  requirement: 'PAIR:distinct-key',
  citation: { document: 'practice', clause: 'one key for one purpose' },
  modal: 'advice',
  severity: 'warning',
  grounding: 'C',
  title: 'the two certificates have different keys',
  why: 'a TLS key lies on servers: who steals it could sign as the provider too',
  mend: 'make a second key and have the seal certificate issued for it',
  check: ({ qwac, qsealc }, report) => {
    const { publicKey } = qsealc.certificate
    if (!equalBytes(qwac.certificate.publicKey.value, publicKey.value)) return
    report(within('qsealc', publicKeyPlace(qsealc.certificate)), { message: 'both certificates have this key' })
  },
}

function haveStatements({ qwac, qsealc }: PairSubject): boolean {
  return qwac.psd2Statement !== undefined && qsealc.psd2Statement !== undefined
}

function rolesOf({ attributes }: CertificateSubject): string {
  return [...new Set(attributes.roles.map(({ role, oid }) => role ?? oid))].sort().join(' ')
}

const roles: PairRule = {
  id: 'pair.same-roles',
  requirement: 'PAIR:roles-equal',
  citation: { document: 'practice', clause: 'pairs of certificates' },
  modal: 'advice',
  severity: 'warning',
  grounding: 'C',
  title: 'roles and nCAId agree between the two certificates',
  why: 'a bank grants by one of the two: which one, the provider does not know',
  mend: 'have both certificates issued with the roles that the authority granted',
  applies: haveStatements,
  check: ({ qwac, qsealc }, report) => {
    const expected = rolesOf(qwac)
    const actual = rolesOf(qsealc)
    if (actual !== expected) {
      report(within('qsealc', rolesPlace(qsealc)), { message: 'the roles differ', actual, expected })
    }
    const [ofQwac, ofQsealc] = [qwac.attributes.ncaId, qsealc.attributes.ncaId]
    if (ofQwac === ofQsealc) return
    report(within('qsealc', ncaIdPlace(qsealc)), {
      message: 'nCAId differs',
      actual: String(ofQsealc),
      expected: String(ofQwac),
    })
  },
}

const keyFits: PairRule = {
  id: 'pair.key-fits',
  requirement: 'PAIR:key-fits',
  citation: { document: 'practice', clause: 'pairs of certificates' },
  modal: 'bank',
  grounding: 'C',
  title: 'the private key is that of the certificate for which it was given',
  why: 'signatures of another key do not verify under the certificate that the bank knows',
  mend: 'use the key that the certificate was requested with',
  needs: ['keyFits'],
  check: ({ qwac, qsealc, keyOf, keyFor = 'qsealc' }, report, { keyFits: fits }) => {
    if (fits !== false) return
    const { certificate } = keyFor === 'qwac' ? qwac : qsealc
    const other = keyFor === 'qwac' ? 'qsealc' : 'qwac'
    const message =
      keyOf === other
        ? `the private key is that of the ${other}`
        : keyOf === 'unreadable'
          ? 'the private key cannot be read'
          : 'the private key fits neither certificate'
    report(within(keyFor, publicKeyPlace(certificate)), { message })
  },
}

/** Requirements on a QWAC and a QSealC together. */
export const pairRules: readonly PairRule[] = [kinds, identifier, keys, roles, keyFits]

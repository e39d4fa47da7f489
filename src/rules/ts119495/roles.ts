import { pspRoles, roleByOid } from '../../eidas/roles.ts'
import type { CertificateRule } from '../subject.ts'
import { ts119495Clause } from './citation.ts'
import { editions } from './editions.ts'
import { hasPsd2Statement, psd2Of, rolesPlace, rolesWithPlaces } from './parts.ts'
import { roleName } from './role-name.ts'

const arc = '0.4.0.19495.1.'

/** TS 119 495 Annex A. */
const shape: CertificateRule = {
  id: 'ts119495.roles-shape',
  requirement: 'TS119495:A-roles-shape',
  citation: ts119495Clause('Annex A'),
  modal: 'shall',
  grounding: 'B',
  title: 'each role is a SEQUENCE of its own, with identifier and name',
  why: 'many readers take the first role of a flattened list, or none: the provider gets fewer roles than it has',
  mend: 'have rolesOfPSP encoded as SEQUENCE OF SEQUENCE { roleOfPspOid, roleOfPspName }',
  applies: hasPsd2Statement,
  codes: ['PSD2_ROLES_FLATTENED'],
}

const nonempty: CertificateRule = {
  id: 'ts119495.roles-present',
  requirement: 'TS119495:GEN-5.2.2-1-nonempty',
  citation: ts119495Clause('GEN-5.2.2-1'),
  modal: 'shall',
  grounding: 'A',
  title: 'at least one role is named, or Unspecified alone',
  why: 'a provider without a role is granted nothing',
  mend: 'have the certificate issued with the roles that the authority granted',
  applies: hasPsd2Statement,
  check: (subject, report) => {
    if (psd2Of(subject).roles.length === 0) report(rolesPlace(subject), { message: 'rolesOfPSP is empty' })
  },
}

const unspecifiedAlone: CertificateRule = {
  id: 'ts119495.role-unspecified-alone',
  requirement: 'TS119495:GEN-5.2.2-1-unspec-alone',
  citation: ts119495Clause('GEN-5.2.2-1'),
  modal: 'shall',
  grounding: 'A',
  title: 'the role Unspecified stands alone',
  why: 'beside another role it says that the roles are known and that they are not',
  mend: 'have the certificate issued without Unspecified, or with it alone',
  applies: hasPsd2Statement,
  check: (subject, report) => {
    if (psd2Of(subject).roles.length < 2) return
    for (const { role, oid } of rolesWithPlaces(subject)) {
      if (role.role === 'Unspecified') report(oid, { message: 'Unspecified stands beside other roles' })
    }
  },
}

const registered: CertificateRule = {
  id: 'ts119495.role-identifier',
  requirement: 'TS119495:GEN-5.2.2-2-oid',
  citation: ts119495Clause('GEN-5.2.2-2'),
  modal: 'shall',
  grounding: 'A',
  title: 'the identifier of a PSD2 role is one that the document defined when the certificate was issued',
  why: 'a bank grants by identifier: an unknown one grants nothing',
  mend: 'use the identifier of the role: PSP_AS is 0.4.0.19495.1.1, PSP_PI .2, PSP_AI .3, PSP_IC .4',
  applies: hasPsd2Statement,
  check: (subject, report) => {
    const { roles } = psd2Of(subject)
    if (roles.every(({ role }) => role !== null && !isLate(role))) return
    const { notBefore } = subject.certificate.validity
    const early = notBefore.getTime() < Date.parse(editions['1.8.1'])
    for (const { role, oid } of rolesWithPlaces(subject)) {
      if (role.role === null) {
        if (role.oid.startsWith(arc)) report(oid, { message: 'no edition defines this role', actual: role.oid })
      } else if (early && isLate(role.role)) {
        const message = `the role ${role.role} came with edition 1.8.1, after this certificate`
        report(oid, { message, actual: role.oid })
      }
    }
  },
}

function isLate(role: string): boolean {
  return pspRoles.find((info) => info.role === role)?.since === '1.8.1'
}

const names: ReadonlySet<string> = new Set(pspRoles.map(({ role }) => role))

const nameKnown: CertificateRule = {
  id: 'ts119495.role-name-known',
  requirement: 'TS119495:GEN-5.2.2-3-name',
  citation: ts119495Clause('GEN-5.2.2-3'),
  modal: 'shall',
  grounding: 'A',
  title: 'the name of a PSD2 role is one of the document, in its letters',
  why: 'banks that compare names find no role in another spelling',
  mend: 'have the role named as the document has it, for example PSP_AI',
  applies: hasPsd2Statement,
  check: (subject, report) => {
    const { roles } = psd2Of(subject)
    const isWrong = (oid: string, name: string): boolean => oid.startsWith(arc) && !names.has(name)
    if (!roles.some(({ oid, name }) => isWrong(oid, name))) return
    for (const { role, name: place } of rolesWithPlaces(subject)) {
      if (!isWrong(role.oid, role.name)) continue
      const expected = roleByOid(role.oid)?.role
      report(place, {
        message: 'the name is that of no role',
        actual: role.name,
        ...(expected === undefined ? {} : { expected }),
      })
    }
  },
}

const elsewhere: CertificateRule = {
  id: 'ts119495.role-of-others',
  requirement: 'TS119495:GEN-5.2.2-4-other',
  citation: ts119495Clause('GEN-5.2.2-4'),
  modal: 'may',
  grounding: 'B',
  title: 'every role is one of TS 119 495',
  why: 'a role that is registered elsewhere is allowed, and means nothing to most banks',
  mend: 'nothing, where the bank knows the role; else have the certificate issued with the PSD2 roles alone',
  applies: hasPsd2Statement,
  check: (subject, report) => {
    if (psd2Of(subject).roles.every(({ oid }) => oid.startsWith(arc))) return
    for (const { role, oid } of rolesWithPlaces(subject)) {
      if (!role.oid.startsWith(arc)) report(oid, { message: 'the role is registered elsewhere', actual: role.oid })
    }
  },
}

const once: CertificateRule = {
  id: 'ts119495.role-once',
  requirement: 'TS119495:roles-dup',
  citation: ts119495Clause('GEN-5.2.2-1'),
  modal: 'advice',
  grounding: 'C',
  title: 'each role is named once',
  why: 'a role that stands twice shows that the list was not made with care',
  mend: 'have the certificate issued with each role once',
  applies: hasPsd2Statement,
  check: (subject, report) => {
    const { roles } = psd2Of(subject)
    if (new Set(roles.map(({ oid }) => oid)).size === roles.length) return
    const seen = new Set<string>()
    for (const { role, oid } of rolesWithPlaces(subject)) {
      if (seen.has(role.oid)) report(oid, { message: 'the role was named before', actual: role.oid })
      seen.add(role.oid)
    }
  },
}

/** TS 119 495 clause 5.2.2. */
export const roleRules: readonly CertificateRule[] = [
  shape,
  nonempty,
  unspecifiedAlone,
  registered,
  nameKnown,
  elsewhere,
  roleName,
  once,
]
